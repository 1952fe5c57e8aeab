"""Goal 9: a flat sheet into an empty register, beside an import as one writes it first.

The naive one asks for duplicates row by row, lets marshmallow load every part of a row and adds it
to the session. The floor is the bare insert of what was imported, from rows that are ready.
"""

import csv
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import select

from benchmarks.registers import REGION, Sizes, address
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import spent
from registry.access.policy import CONSOLE
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.app import create_app
from registry.core.db import db
from registry.core.text import fold
from registry.exchange import bulk, revisions
from registry.exchange.reference import set_up_register
from registry.exchange.sheets import services, stock
from registry.exchange.sheets.columns import SCHEMAS
from registry.exchange.sheets.reading import head_of, opened
from registry.exchange.sheets.running import Wanted as Task
from registry.exchange.sheets.running import mapped
from registry.exchange.sheets.services import Job
from registry.exchange.sheets.told import Teller, Told
from registry.offers import services as offers

Written = list[tuple[Any, Sequence[Any]]]
HEADS = (
    *("Akteur", "Kategorie", "Website", "Angebot", "Kurzbeschreibung", "Beschreibung"),
    *("Handlungsfelder", "Zielgruppen", "Sprachen", "Kosten", "Zeiten", "Standort"),
    *("Straße und Hausnummer", "PLZ", "Ort", "Ansprechstelle", "Telefon", "E-Mail"),
)
FIELDS = ("Spracherwerb", "Beratung und Orientierung", "Ausbildung")
HOURS = ("Mo–Do 8–12", "Di 14 bis 16 Uhr", "Mo, Mi 9.00-11.30 Uhr", "")
OFFERS = 5  # of one actor
BAD = 50  # every so many rows one is refused
NAIVE = 2_000  # rows; the naive way takes as long for each, however many there are


def measure(sizes: Sizes) -> list[Row]:
    return [row for offers in sizes.upper for row in _rows(offers)]


def _rows(offers: int) -> list[Row]:
    few = min(offers // 5, NAIVE)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _make_register(folder / "empty.sqlite3")
        whole, part = _sheet(folder, offers), _sheet(folder, few)
        ours, verdicts, written = _ours(_copy(folder), whole)
        floor = _bare(_copy(folder), written)
        naive, theirs = _naive(_copy(folder), part)
        same = _ours(_copy(folder), part)[1]
    if same != theirs:
        raise AssertionError(f"other verdicts: {same} and {theirs}")
    lacking, refused = short_of(offers, 100_000), verdicts["rejected"]
    told = f"row by row: schemas, session ({few:,} rows, scaled)"
    gain, cost = Wanted("gain", 10, lacking), Wanted("cost", 1.35, lacking)
    what = f"Import of a flat sheet, {refused:,} rows refused"
    return [
        Row(what, ours, naive * offers / few, told, gain, goal=9, offers=offers),
        Row(what, ours, floor, "bare insert of its rows", cost, goal=9, offers=offers),
    ]


def _copy(folder: Path) -> Path:
    target = folder / f"{uuid4().hex}.sqlite3"
    shutil.copy(folder / "empty.sqlite3", target)
    return target


def _make_register(file: Path) -> None:
    with create_app({"DATABASE_URL": address(file)}).app_context():
        revisions.migrate()
        set_up_register(CONSOLE, REGION)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _sheet(folder: Path, rows: int) -> Path:
    chance, path = Random(rows), folder / f"{rows}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADS)
        writer.writerows(_cells(chance, number) for number in range(rows))
    return path


def _cells(chance: Random, number: int) -> tuple[str, ...]:
    actor = number // OFFERS
    bad = number % BAD == BAD - 1
    return (
        *(f"Verein {actor}", "Betreuungsverbände", f"https://verein{actor}.example.org"),
        *(f"Angebot {number}", f"Ein kurzer Satz über {chance.choice(FIELDS)} {number}"),
        f"Hier steht etwas mehr über das Angebot {number}, wie im Leben auch.",
        "; ".join(chance.sample(FIELDS, 2)),
        *("Kinder", "Deutsch, Arabisch", "Kostenlos", chance.choice(HOURS), "Haus"),
        *(f"Weg {actor % 90 + 1}", "9" if bad else "91154", "Roth", "Büro"),
        *(f"09171 {actor:05d}", f"info{actor}@example.org"),
    )


@contextmanager
def _register(file: Path) -> Iterator[None]:
    with create_app({"DATABASE_URL": address(file)}).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def _ours(file: Path, sheet: Path) -> tuple[float, dict[str, int], Written]:
    """Import a sheet; return the time, the verdicts and what was written."""
    written, plain = Written(), bulk.write
    found: dict[str, int] = {}

    def write(target: Any, rows: Sequence[Any]) -> None:
        written.append((target, rows))
        plain(target, rows)

    def work() -> None:
        columns = mapped("flat", head_of(sheet).header, {})
        job = Job(sheet, REGION, Task("flat", columns, publish=True))
        found.update(services.import_file(CONSOLE, job, lambda _done: None))
        db.session.commit()

    with _register(file), patch.object(bulk, "write", write):
        time = spent(work)
    return time, {name: found[name] for name in ("new", "rejected")}, written


def _bare(file: Path, written: Written) -> float:
    """Insert the same rows into an empty register once more."""

    def work() -> None:
        for target, rows in written:
            bulk.write(target, rows)
        db.session.commit()

    with _register(file):
        return spent(work)


def _naive(file: Path, sheet: Path) -> tuple[float, dict[str, int]]:
    """Import a sheet through the services, every row for itself."""
    counts = {"new": 0, "rejected": 0}

    def work() -> None:
        schemas = {part: kind(audience="office") for part, kind in SCHEMAS.items()}
        with opened(sheet) as source:
            teller = _teller(source.header)
            for line in source.lines:
                counts["new" if _take(teller.read(line), schemas) else "rejected"] += 1
        db.session.commit()

    with _register(file):
        return spent(work), counts


def _teller(header: Sequence[str]) -> Teller:
    known = {column.key: column for column in stock.columns("flat")}
    chosen = [known.get(key) for key in mapped("flat", header, {})]
    return Teller(stock.reader(stock.words(REGION)), chosen, {})


def _take(row: Told, schemas: dict[str, Any]) -> bool:
    if row.problems:
        return False
    actor = _actor(row.part("actor"), schemas["actor"])
    place, contact = row.part("place"), row.part("contact")
    if not actor.places:
        loaded = schemas["contact"].load(contact), schemas["place"].load(place)
        actors.add_to_actor(CONSOLE, actor.uuid, *loaded)
        db.session.flush()
    values = {name: value for name, value in row.part("offer").items() if name != "hours"}
    link = {"place": str(actor.places[0].uuid), "hours": row.part("offer").get("hours")}
    values |= {"contact": str(actor.contacts[0].uuid), "places": [link]}
    offer = offers.create_offer(CONSOLE, actor.uuid, schemas["offer"].load(values))
    offers.publish_offer(CONSOLE, offer.uuid)
    return True


def _actor(values: dict[str, Any], schema: Any) -> Actor:
    named = Actor.folded_title == fold(values["name"])
    found = db.session.scalar(select(Actor).where(Actor.region == REGION, named))
    if found is None:
        found = actors.create_actor(CONSOLE, REGION, schema.load(values))
        actors.publish_actor(CONSOLE, found.uuid)
    return found
