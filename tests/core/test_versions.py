"""What raises the version of the data, and what a commit says it touched."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.core import versions
from registry.core.db import db, own_transaction
from registry.core.throttle import Attempt
from registry.offers.models import Offer, OfferTerm
from registry.offers.services import confirm_offer
from registry.vocabulary.models import Term
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("database")


def test_a_commit_that_changes_nothing_raises_nothing() -> None:
    before = versions.current()
    db.session.scalars(select(Term)).all()
    db.session.commit()
    assert versions.current() == before


def test_a_changed_row_is_noted_with_what_it_is_part_of() -> None:
    actor = make_actor(places=[PLACE])
    before = versions.current()
    actor.places[0].name = "Bürgerhaus"
    db.session.commit()
    noted = versions.touched_since(before)
    assert noted == {"place": [actor.places[0].id], "actor": [actor.id]}


def test_a_part_without_a_key_of_its_own_is_noted_by_its_whole() -> None:
    offer = make_offer(target_groups=["women"])
    before = versions.current()
    offer.target_groups = []
    db.session.commit()
    assert versions.touched_since(before) == {"offer": [offer.id]}


def test_a_deleted_row_is_noted() -> None:
    offer = make_offer()
    before, key = versions.current(), offer.id
    db.session.delete(offer)
    db.session.commit()
    noted = versions.touched_since(before)
    assert noted is not None
    assert noted["offer"] == [key]


def test_several_commits_add_up() -> None:
    one, other = make_offer(), make_offer()
    before = versions.current()
    for offer in (one, other):
        confirm_offer(CONSOLE, offer.uuid, date(2026, 11, 1))
        db.session.commit()
    assert versions.current().number == before.number + 2
    assert versions.touched_since(before) == {"offer": [one.id, other.id]}


def test_what_is_rolled_back_was_never_there() -> None:
    offer = make_offer()
    before = versions.current()
    offer.internal_note = "x"
    db.session.flush()
    db.session.rollback()
    db.session.commit()
    assert versions.current() == before


def test_accounts_and_the_log_are_nobody_elses_pages(cast: Cast) -> None:
    before = versions.current()
    cast.amal.email = "neu@example.org"
    db.session.commit()
    with own_transaction() as session:
        session.execute(delete(Attempt))
    assert versions.current() == before


@pytest.mark.parametrize(
    "statement",
    [
        update(Offer).values(internal_note="x"),
        delete(OfferTerm).where(OfferTerm.offer_id == 0),
        insert(Term).values(scheme="topic", key="neu", folded="", folded_title="", synonyms={}),
    ],
)
def test_rows_written_in_bulk_may_be_any(statement: Any) -> None:
    before = versions.current()
    db.session.execute(statement)
    db.session.commit()
    assert versions.touched_since(before) is None


def test_too_many_rows_are_not_counted_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MAX_NOTED", 2)
    before = versions.current()
    make_actor(places=[PLACE, {**PLACE, "name": "Schule"}])
    assert versions.touched_since(before) is None


def test_whoever_is_too_far_behind_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "LOG_LENGTH", 2)
    offer = make_offer()
    before = versions.current()
    for day in (1, 2, 3):
        confirm_offer(CONSOLE, offer.uuid, date(2026, 11, day))
        db.session.commit()
    assert versions.touched_since(before) is None


def test_another_history_with_the_same_number_is_another_version() -> None:
    seen = versions.current()
    stranger = versions.Version(seen.number, "0" * 32)
    assert versions.touched_since(seen) == {}
    assert versions.touched_since(stranger) is None


def test_what_is_kept_is_made_once_a_version_and_never_of_half_a_change() -> None:
    actor = make_actor(name="Alt")
    made: list[str] = []

    def names() -> list[str]:
        made.append("")
        return list(db.session.scalars(select(Actor.name)))

    assert versions.kept("test names", names) == versions.kept("test names", names) == ["Alt"]
    assert len(made) == 1
    actor.name = "Halb"
    db.session.flush()
    assert versions.kept("test names", names) == ["Halb"]
    db.session.rollback()
    assert versions.kept("test names", names) == ["Alt"]
    assert len(made) == 2


def test_the_short_way_tells_the_same_token() -> None:
    make_actor()
    assert versions.committed() == versions.current().token


def test_what_is_kept_never_holds_what_was_not_committed() -> None:
    actor = make_actor(name="Wahr")

    def names() -> list[str]:
        return list(db.session.scalars(select(Actor.name)))

    actor.name = "Nur gedacht"
    assert versions.kept("names", names) == ["Nur gedacht"]
    db.session.rollback()
    assert versions.kept("names", names) == ["Wahr"]


def kept_words(made: list[str]) -> list[str]:
    """Keep something that is made of the terms alone; `made` grows when it is made."""
    of = frozenset({"term"})
    return versions.kept("words", lambda: [*made, made.append("anew") or "made"], of)  # type: ignore[func-returns-value]


def test_what_is_made_of_one_table_stays_while_others_change() -> None:
    made: list[str] = []
    first = kept_words(made)
    make_offer()
    db.session.commit()
    assert kept_words(made) is first
    db.session.scalars(select(Term)).first().color = "#123456"  # type: ignore[union-attr]
    db.session.flush()
    assert kept_words(made) is not first
    db.session.commit()
    changed = kept_words(made)
    assert changed is not first
    make_actor()
    assert kept_words(made) is changed


def test_what_is_made_of_one_table_is_made_anew_after_a_change_of_anything() -> None:
    made: list[str] = []
    first = kept_words(made)
    versions.touch_everything()
    db.session.commit()
    assert kept_words(made) is not first
