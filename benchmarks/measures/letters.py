"""500 letters of a conference as one PDF, beside WeasyPrint on the same letters, and as DOCX.

WeasyPrint is no part of the register: it is found in an environment of its own, whose Python
WEASYPRINT names (`python -m venv DIR`, `DIR/bin/pip install weasyprint`). Without it the row says
what is missing.
"""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

from benchmarks.registers import Sizes
from benchmarks.table import Row, Wanted
from benchmarks.timing import p50, spent
from registry.conferences.letters.content import Hours, Occasion, Recipient, Sender
from registry.conferences.letters.merging import example
from registry.conferences.letters.merging.documents import docx
from registry.conferences.letters.merging.templates import opened
from registry.conferences.letters.services import Post
from registry.core import qr
from registry.core.documents import making

LETTERS = 500
ROUNDS = 2
GOAL = 10
AT = datetime(2026, 10, 1, 9, tzinfo=UTC)
OTHER = Path(__file__).parent.parent / "weasyprint_letters.py"
SENDER = Sender("Landratsamt", "Hauptstraße 1", "91154 Roth", "Integration", "09171 81-0")
OCCASION = Occasion(
    "Integrationskonferenz",
    days=[Hours(date(2026, 11, 24), time(9), time(16))],
    place="Schulzentrum, Gartenstraße 30, 91154 Roth",
    deadline=date(2026, 11, 10),
    agenda=[("Rückblick", 20), ("Situationsanalyse", 40), ("Koordination", 60)],
    groups=["Sprache", "Arbeit", "Wohnen"],
)


def measure(_sizes: Sizes) -> list[Row]:
    template = opened(example.docx())
    told = _post().document(AT.date())
    ours = p50(
        [spent(lambda: making.pdf("letters", _post().document(AT.date()), AT)) for _ in "ab"]
    )
    merged = p50([spent(lambda: docx(_post(), template, AT.date())) for _ in "ab"])
    python = os.environ.get("WEASYPRINT", "")
    beside = _others(python, told) if python else None
    missing = "" if python else "WEASYPRINT, a Python that has it"
    wanted = Wanted("gain", 10, missing)
    return [
        Row(
            "Letters as one PDF with codes, agenda and slip",
            ours,
            beside,
            "WeasyPrint",
            wanted,
            goal=GOAL,
            offers=LETTERS,
        ),
        Row("The same letters as one DOCX", merged, goal=GOAL, offers=LETTERS),
    ]


def _post() -> Post:
    """Return letters that are all different, with their codes."""
    return Post(OCCASION, SENDER, [_letter(number) for number in range(1, LETTERS + 1)], [])


def _letter(number: int) -> Recipient:
    link = f"https://register.example.org/de/invitation?key={number:060d}"
    name = f"Verein {number} für Begegnung e. V."
    address = [name, "Geschäftsstelle", f"Gasse {number}", "91154 Roth"]
    greeting = "Sehr geehrte Damen und Herren,"
    return Recipient(number, name, address, greeting, 1, (), link, qr.svg(link, quick=True))


def _others(python: str, told: dict[str, object]) -> float:
    work: Callable[[], object] = lambda: subprocess.run(  # noqa: E731
        [python, str(OTHER)], input=json.dumps(told).encode(), check=True, capture_output=True
    )
    return spent(work)
