"""Export, import, export: the same to the byte, on random registers."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from registry.actors.models import Actor, Contact, Place
from registry.core.db import db
from registry.exchange.sheets.columns import SHEETS
from registry.offers.models import Offer
from tests.factories.registers import RandomRegister
from tests.factories.sheets import Desk, rows_of

DATABASES = ["postgresql"]
OURS = ("-ID", "-IDs")


def fill(seed: int) -> Random:
    chance = Random(seed)
    register = RandomRegister(chance)
    for _offer in range(6):
        register.add()
    hostile = [
        "=1+1",
        "'tis",
        "''=x",
        "-2",
        "@a",
        "zwei\nZeilen",
        'a;b"c',
        "+49",
        "x\ty",
    ]
    for offer in db.session.scalars(select(Offer)):
        offer.internal_note = chance.choice(hostile)
        offer.actor.short_name = chance.choice([*hostile, None])
    for actor in db.session.scalars(select(Actor)):
        actor.contacts = [Contact(function=f"Büro {n}", phone=str(n)) for n in range(2)]
    db.session.commit()
    return chance


def tell_apart() -> None:
    """Give everything a name of its own, as one would who has no ids."""
    for actor in db.session.scalars(select(Actor)):
        actor.name = f"{actor.name} {actor.id}"
        for place in actor.places:
            place.name = f"{place.name} {place.id}"
    for offer in db.session.scalars(select(Offer)):
        offer.title = offer.title.merged({"de": f"{offer} {offer.id}"})
    db.session.commit()


# Each database gets one form: how a sheet is written has nothing to do with what keeps the data.
FORMS = {"sqlite": "csv", "postgresql": "xlsx"}


@pytest.mark.parametrize("kind", SHEETS)
def test_an_untouched_export_changes_nothing(desk: Desk, kind: str) -> None:
    form = FORMS[db.engine.dialect.name]
    fill(sum(map(ord, kind)))
    before = desk.export(kind, form)
    counts = desk.take(before, kind)
    assert list(counts) == ["unchanged"], desk.findings
    if form == "csv":
        assert desk.export(kind).read_bytes() == before.read_bytes()


@pytest.mark.parametrize("seed", range(3))
def test_an_export_brings_back_what_has_been_changed_since(desk: Desk, seed: int) -> None:
    chance = fill(seed)
    kinds = ["actors", "places", "offers", "flat"]
    sheets = {kind: desk.export(kind) for kind in kinds}
    for offer in db.session.scalars(select(Offer)):
        offer.internal_note = chance.choice(["anders", None])
        offer.min_age = chance.choice([None, 1])
        offer.areas_of_life = []
    for actor in db.session.scalars(select(Actor)):
        actor.name, actor.website = "Umbenannt", "https://example.net"
    for place in db.session.scalars(select(Place)):
        place.hours, place.street = None, "Woanders 1"
    db.session.commit()
    for kind, path in sheets.items():
        desk.take(path, kind)
    for kind, path in sheets.items():
        assert desk.export(kind).read_bytes() == path.read_bytes()


def test_a_sheet_without_ids_makes_the_same_in_an_empty_register(app: Flask, desk: Desk) -> None:
    form = FORMS[db.engine.dialect.name]
    fill(7)
    tell_apart()
    before, sheet = rows_of(desk.export("flat")), desk.export("flat", form)
    for kind in (Offer, Actor):
        for row in db.session.scalars(select(kind)):
            db.session.delete(row)
        db.session.flush()
    db.session.commit()
    titles = [title for title in before[0] if title.endswith(OURS)]
    desk.take(sheet, columns=dict.fromkeys(titles, ""))
    after = rows_of(desk.export("flat"))
    assert [_told(row) for row in after] == [_told(row) for row in before]


def _told(row: dict[str, str]) -> dict[str, str]:
    return {title: text.strip() for title, text in row.items() if not title.endswith(OURS)}
