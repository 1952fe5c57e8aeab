"""Example data: reproducible, marked, and gone when it is removed."""

import shutil
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from registry.access.policy import CONSOLE
from registry.actors.hours import tidy
from registry.actors.models import Actor, Contact, Place
from registry.app import create_app
from registry.conferences import demo as conferences
from registry.conferences.invitations.models import Individual
from registry.core import versions
from registry.core.db import Findable, db
from registry.core.errors import Invalid
from registry.core.mail.models import Mail
from registry.core.text import fold
from registry.core.tokens import Link
from registry.exchange import synthetic
from registry.exchange.demo import remove_demo, seed_demo
from registry.exchange.invented.inventor import HOURS
from registry.exchange.invented.towns import Town, nearest_towns
from registry.exchange.synthetic import seed_synthetic
from registry.network import demo as network
from registry.network.bodies.models import Body
from registry.network.links.models import Cooperation
from registry.network.needs.models import Need
from registry.network.rounds.models import Round
from registry.offers.models import Offer, OfferLanguage, OfferPlace, OfferTerm, Run
from tests.conftest import SETTINGS
from tests.exchange.conftest import ENGINES
from tests.factories.offers import make_offer

TODAY = date(2026, 11, 20)
TABLES = (Actor, Contact, Place, Offer, OfferTerm, OfferLanguage, OfferPlace, Run)
IDS = {"id", "actor_id", "offer_id", "place_id", "contact_id"}
GIVEN = {"status", "example", "publish_public", "step_free", "childcare", "by_appointment", "by",
         "position", "availability", "folded", "folded_title"}  # fmt: skip


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


def test_synthetic_texts_have_many_words_and_several_languages(database: None) -> None:
    seed_synthetic(CONSOLE, 300, TODAY)
    offers = db.session.scalars(select(Offer)).all()
    assert {tag for offer in offers for tag in offer.summary.bodies} == {"de", "en", "uk", "ar"}
    assert len({word for offer in offers for word in offer.folded.split()}) > 1000
    assert len({offer.description for offer in offers}) > 250


def test_synthetic_rows_have_what_the_models_give_by_themselves(database: None) -> None:
    seed_synthetic(CONSOLE, 5, TODAY)
    for kind in TABLES:
        written = dict(
            db.session.execute(select(*kind.__table__.columns).limit(1)).mappings().one()
        )
        for column in kind.__table__.columns:
            default = column.default
            if default is not None and default.is_scalar and column.name not in GIVEN:
                assert written[column.name] == default.arg, column


def test_rows_entered_after_synthetic_ones_have_keys_of_their_own(database: None) -> None:
    seed_synthetic(CONSOLE, 30, TODAY)
    own = make_offer()
    assert own.id not in db.session.scalars(select(Offer.id).where(Offer.example)).all()
    seed_synthetic(CONSOLE, 30, TODAY)
    assert db.session.scalar(select(func.count(Offer.id))) == 61


def test_synthetic_rows_make_a_new_version_of_the_data(database: None) -> None:
    before = versions.current().number
    seed_synthetic(CONSOLE, 5, TODAY)
    db.session.commit()
    assert versions.current().number > before


def test_many_synthetic_rows_leave_the_foreign_keys_as_they_were(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = foreign_keys()
    monkeypatch.setattr(synthetic, "MANY", 10)
    seed_synthetic(CONSOLE, 10, TODAY)
    assert foreign_keys() == before
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(OfferPlace(offer_id=1_000_000, place_id=1_000_000))


def foreign_keys() -> list[Any]:
    tables = [table.name for table in db.metadata.sorted_tables]
    inspected = inspect(db.session.connection())
    found = [inspected.get_foreign_keys(table) for table in tables]
    return [sorted(keys, key=lambda key: str(key["name"])) for keys in found]


def test_memory_does_not_grow_with_the_number_of_synthetic_offers(
    database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = synthetic._stock(Random(1))
    monkeypatch.setattr(synthetic, "PIECE", 20)
    monkeypatch.setattr(synthetic, "_stock", lambda _chance: stock)
    peak_of_seeding(20)
    assert peak_of_seeding(160) < 1.5 * peak_of_seeding(40)


def peak_of_seeding(count: int) -> int:
    """Return the bytes that Python held at most."""
    tracemalloc.start()
    try:
        seed_synthetic(CONSOLE, count, TODAY)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("hours", HOURS)
def test_synthetic_hours_are_written_as_the_register_writes_them(hours: str) -> None:
    assert tidy(hours) == hours


def test_a_postcode_belongs_to_the_nearest_municipality() -> None:
    towns = [("1", "Nah", 49.0, 11.0), ("2", "Ferner", 49.1, 11.1)]
    codes = [("90000", 49.02, 11.01), ("10000", 52.0, 13.0)]
    assert nearest_towns(towns, codes) == [Town("1", "Nah", "90000", 49.02, 11.01)]


@pytest.fixture(params=ENGINES)
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """A register with the demo data."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("demo_file"), tmp_path / "demo.sqlite3")
        url = f"sqlite:///{file}"
    else:
        url = request.getfixturevalue("demo_in_postgres")("emptied")
    with create_app({**SETTINGS, "DATABASE_URL": url}).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


def test_the_demo_comes_once_and_leaves_nothing_when_removed(demo: None) -> None:
    own = make_offer()
    with pytest.raises(Invalid):
        seed_demo(CONSOLE)
    seed_synthetic(CONSOLE, 20, TODAY)
    assert db.session.scalar(select(func.count(Offer.id))) > 100
    conferences.remove(CONSOLE)
    network.remove(CONSOLE)
    remove_demo(CONSOLE)
    for left in (Cooperation, Body, Need, Round, Individual, Link, Mail):
        assert db.session.scalars(select(left)).all() == []
    rooms = [each for each in db.metadata.sorted_tables if each.name.startswith("conference")]
    counts = {
        each.name: db.session.scalar(select(func.count()).select_from(each)) for each in rooms
    }
    assert {name for name, number in counts.items() if number} == set()
    assert db.session.scalars(select(Offer)).all() == [own]
    assert db.session.scalars(select(Actor)).all() == [own.actor]
