"""Registers of several sizes to measure: SQLite files in `var/bench`, made once and used again.

They are run for a district without outlines of its own, so the first view of their map is all of
Germany and shows places whatever the number of offers. Made in a child process with
``python -m benchmarks.registers FILE OFFERS``, because making a large one leaves memory behind.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path

from flask import Flask

from registry.access.policy import CONSOLE
from registry.app import create_app
from registry.core.db import db
from registry.exchange import revisions
from registry.exchange.reference import set_up_register
from registry.exchange.synthetic import seed_synthetic
from registry.regions import queries as regions
from registry.search import queries
from registry.search.choices import now_here
from registry.search.criteria import Moment

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "var" / "bench"
# What invented offers are made by and of.
SEEDS = ("registry/exchange/synthetic.py", "registry/exchange/invented", "seed_data")
REGION = "09577"
FEW = 10_000  # offers; a smaller largest register is compared with one of a tenth
USUAL = (1_000, 100_000)


@dataclass(frozen=True)
class Sizes:
    """The numbers of offers to measure, rising; most goals are about the middle one."""

    all: tuple[int, ...]

    @classmethod
    def up_to(cls, largest: int) -> "Sizes":
        others = USUAL if largest >= FEW else (largest // 10,)
        return cls((*(size for size in others if size < largest), largest))

    @property
    def smallest(self) -> int:
        return self.all[0]

    @property
    def middle(self) -> int:
        return self.all[1]

    @property
    def largest(self) -> int:
        return self.all[-1]

    @property
    def upper(self) -> tuple[int, ...]:
        return self.all[1:]


@dataclass(frozen=True)
class Register:
    """An application on one of the registers."""

    offers: int
    file: Path
    app: Flask

    @cached_property
    def texts(self) -> list[tuple[int, str, str]]:
        """Return id, folded title and all folded text of every offer."""
        return list(queries.texts(now_here().day))

    @cached_property
    def moment(self) -> Moment:
        return now_here()

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        return tuple(place.ags for place in regions.municipalities(REGION))


@contextmanager
def asked(offers: int) -> Iterator[Register]:
    """Yield a register within its application's context."""
    register = opened(offers)
    with register.app.app_context():
        yield register
        db.session.rollback()


@cache
def opened(offers: int) -> Register:
    file = provided(offers)
    return Register(offers, file, create_app({"DATABASE_URL": address(file)}))


def address(file: Path) -> str:
    return f"sqlite:///{file}"


def provided(offers: int) -> Path:
    """Return the file of a register with so many offers, making it if there is none."""
    file = KEPT / f"{offers}-{_revision()}-{_seed_version()}.sqlite3"
    if not file.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for outdated in KEPT.glob(f"{offers}-*.sqlite3*"):
            outdated.unlink()
        tell(f"making a register of {offers:,} offers")
        part = file.with_suffix(".part")
        part.unlink(missing_ok=True)
        run_module("benchmarks.registers", part, offers)
        part.rename(file)
    return file


def tell(progress: str) -> None:
    """Say what is going on, apart from the results."""
    print(f"bench: {progress}", file=sys.stderr, flush=True)


def run_module(name: str, *arguments: object) -> None:
    command = [sys.executable, "-m", name, *map(str, arguments)]
    subprocess.run(command, check=True, cwd=ROOT, env=dict(os.environ))


def _revision() -> str:
    with create_app({"DATABASE_URL": "sqlite:///:memory:"}).app_context():
        return revisions.newest()


def _seed_version() -> str:
    found = blake2b(digest_size=4)
    for path in (ROOT / seed for seed in SEEDS):
        for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
            if file.suffix != ".pyc":
                found.update(file.read_bytes())
    return found.hexdigest()


def _make(file: str, offers: str) -> None:
    with create_app({"DATABASE_URL": address(Path(file))}).app_context():
        revisions.migrate()
        set_up_register(CONSOLE, REGION)
        seed_synthetic(CONSOLE, int(offers), date.today())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    _make(*sys.argv[1:])
