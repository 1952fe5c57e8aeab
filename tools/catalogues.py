"""Bring the catalogues in step with the code; with the tag of a language, add one.

Usage: ``make catalogues`` or ``make catalogues ARGS=so``. Each language is one file. What the code
no longer asks for is left out, what is not translated is counted, and nothing is guessed. Whoever
has checked a catalogue stands in its Last-Translator; until then pages say that nobody has.
"""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "registry" / "locales"
UNCHECKED = "not yet checked by a speaker"
# Babel leaves out folders that begin with "_" unless told what else to ignore.
EXTRACT = ("-F", "pyproject.toml", "-k", "_l", "--ignore-dirs", ".venv node_modules .git")


def main(added: list[str]) -> int:
    try:
        paths = [path_of(tag) for tag in added]
    except (UnknownLocaleError, ValueError) as error:
        print(f"catalogues: {error}", file=sys.stderr)
        return 1
    asked = extracted()
    for path in sorted({*LOCALES.glob("*/LC_MESSAGES/messages.po"), *paths}):
        write(path, renewed(path, asked))
    return 0


def path_of(tag: str) -> Path:
    return LOCALES / str(Locale.parse(tag, sep="-")) / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Return what code, templates and letters ask for."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "messages.pot"
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", *EXTRACT]
        subprocess.run([*command, "-o", target, "."], cwd=ROOT, check=True)
        with target.open("rb") as file:
            return read_po(file)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def renewed(path: Path, asked: Catalog) -> Catalog:
    """Return the catalogue with just what is asked for, translated as far as it was."""
    old = read(path) if path.exists() else Catalog(path.parts[-3], last_translator=UNCHECKED)
    new = Catalog(
        old.locale,
        project="Netzwerkregister",
        version="1",
        header_comment=f"# {Locale.parse(path.parts[-3]).english_name} catalogue.",
        last_translator=old.last_translator,
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),  # a date of its own would differ each time
        revision_date=datetime(2026, 1, 1, tzinfo=UTC),
        fuzzy=False,
    )
    for message in asked:
        if message.id:
            known = old.get(message.id, message.context)
            new.add(message.id, known.string if known else "", flags=message.flags)
    return new


def write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True)
    missing = sum(not translated(message.string) for message in catalogue if message.id)
    print(f"{path.relative_to(ROOT)}: {len(catalogue)} messages, {missing} to translate")


def translated(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else all(string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
