"""Example data: reproducible, marked, and gone when it is removed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from registry.access.policy import CONSOLE
from registry.actors.hours import tidy
from registry.actors.models import Actor, Contact, Place
from registry.core.db import Findable, db
from registry.core.errors import Invalid
from registry.core.text import fold
from registry.exchange.demo import remove_demo, seed_demo
from registry.exchange.invented.inventor import HOURS
from registry.exchange.invented.towns import Town, nearest_towns
from registry.exchange.synthetic import seed_synthetic
from registry.offers.models import Offer, OfferLanguage, OfferPlace, OfferTerm, Run
from tests.exchange.conftest import ENGINES, MakeRegister
from tests.factories.offers import make_offer

TODAY = date(2026, 11, 20)
TABLES = (Actor, Contact, Place, Offer, OfferTerm, OfferLanguage, OfferPlace, Run)
IDS = {"id", "actor_id", "offer_id", "place_id", "contact_id"}


def taken() -> list[dict[str, Any]]:
    """Return all rows without the numbers the database gave them."""
    found = []
    for kind in TABLES:
        columns = [column for column in kind.__table__.columns if column.name not in IDS]
        found += [dict(row) for row in db.session.execute(select(*columns)).mappings()]
    return sorted(found, key=repr)


def test_the_same_register_gets_the_same_offers(database: None) -> None:
    with db.session.begin_nested() as first:
        seed_synthetic(CONSOLE, 40, TODAY)
        before = taken()
        first.rollback()
    db.session.expire_all()
    seed_synthetic(CONSOLE, 40, TODAY)
    assert taken() == before


def test_synthetic_offers_are_as_many_as_wanted_and_marked(database: None) -> None:
    for count in (1, 30):
        seed_synthetic(CONSOLE, count, TODAY)
    assert db.session.scalar(select(func.count(Offer.id))) == 31
    assert all(db.session.scalars(select(Offer.example)))
    assert all(name.endswith("(Beispiel)") for name in db.session.scalars(select(Actor.name)))


@pytest.mark.parametrize("kind", [Actor, Place, Offer])
def test_synthetic_rows_are_found_like_any_other(database: None, kind: type[Findable]) -> None:
    seed_synthetic(CONSOLE, 10, TODAY)
    for row in db.session.scalars(select(kind)):
        assert row.folded == fold(" ".join(row.searchable()))
        assert row.folded_title == fold(row.searchable()[0])


@pytest.mark.parametrize("hours", HOURS)
def test_synthetic_hours_are_written_as_the_register_writes_them(hours: str) -> None:
    assert tidy(hours) == hours


def test_a_postcode_belongs_to_the_nearest_municipality() -> None:
    towns = [("1", "Nah", 49.0, 11.0), ("2", "Ferner", 49.1, 11.1)]
    codes = [("90000", 49.02, 11.01), ("10000", 52.0, 13.0)]
    assert nearest_towns(towns, codes) == [Town("1", "Nah", "90000", 49.02, 11.01)]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_demo_comes_once_and_leaves_nothing_when_removed(
    make_register: MakeRegister, engine: str
) -> None:
    with make_register(engine, below="09").app_context():
        own = make_offer()
        seed_demo(CONSOLE)
        with pytest.raises(Invalid):
            seed_demo(CONSOLE)
        seed_synthetic(CONSOLE, 20, TODAY)
        assert db.session.scalar(select(func.count(Offer.id))) > 100
        remove_demo(CONSOLE)
        assert db.session.scalars(select(Offer)).all() == [own]
        assert db.session.scalars(select(Actor)).all() == [own.actor]
