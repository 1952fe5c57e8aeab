"""Two terms become one: everything moves, the old key keeps its way, and it can be undone."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.actors.models import Actor
from registry.actors.schemas import ActorSchema
from registry.actors.services import update_actor
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.exchange.sheets.stock import words
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.offers.services import update_offer
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing import queries, services
from registry.vocabulary.models import Term
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer
from tests.vocabulary.test_editing import LIST, add, term

pytestmark = pytest.mark.usefixtures("database")


def merge(old: Term, new: Term) -> None:
    services.merge_terms(CONSOLE, old.uuid, new.uuid, (old.version, new.version))
    db.session.commit()


def unmerge(old: Term) -> None:
    services.unmerge_term(CONSOLE, old.uuid)
    db.session.commit()


def keys_of(offer: Offer, name: str = "fields") -> list[str]:
    db.session.refresh(offer)
    return sorted(each.key for each in getattr(offer, name))


def hits(client: FlaskClient, query: str) -> int:
    total: int = client.get(f"/api/v1/offers?{query}").json["total"]
    return total


@pytest.fixture
def dana(as_user: Any, no_csrf: None) -> FlaskClient:
    client: FlaskClient = as_user("dana")
    return client


def test_everything_that_uses_a_term_moves_to_the_other() -> None:
    old, new = add("field", "Altes Feld"), term("field", "advice")
    old_form, new_form = add("legal_form", "Alte Form"), add("legal_form", "Neue Form")
    old_kind, new_kind = add("category", "Alte Art"), term("category", "volunteers")
    old_cost, new_cost = add("cost", "Alt"), term("cost", "low")
    actor = make_actor(fields=[old.key], legal_form=old_form.key, category=old_kind.key)
    offer = make_offer(actor, fields=[old.key, "language"], cost=old_cost.key, places=[])
    for pair in ((old, new), (old_form, new_form), (old_kind, new_kind), (old_cost, new_cost)):
        merge(*pair)
    assert [each.key for each in actor.fields] == ["advice"]
    assert (actor.legal_form, actor.category) == (new_form, new_kind)
    assert keys_of(offer) == ["advice", "language"]
    assert offer.cost == new_cost
    assert all(not queries.uses_of(each.id) for each in (old, old_form, old_kind, old_cost))


def test_whoever_has_both_keeps_one() -> None:
    old, new = add("language", "Kurmandschi"), term("language", "ar")
    both = [{"language": old.key, "by": "staff"}, {"language": "ar", "by": "staff"}]
    offer = make_offer(languages=[*both, {"language": old.key, "by": "interpreter"}])
    merge(old, new)
    db.session.refresh(offer)
    spoken = [(row.language.key, row.by) for row in offer.languages]
    assert sorted(spoken) == [("ar", "interpreter"), ("ar", "staff")]
    unmerge(old)
    db.session.refresh(offer)
    assert sorted((row.language.key, row.by) for row in offer.languages) == [
        ("ar", "staff"),
        (old.key, "interpreter"),
        (old.key, "staff"),
    ]


def test_old_addresses_filters_and_calls_find_the_other_term(client: FlaskClient) -> None:
    old, new = add("field", "Altes Feld", synonyms={"de": ["Wunderwort"]}), term("field", "advice")
    make_offer(title={"de": "Hilfe im Alltag"}, fields=[old.key])
    merge(old, new)
    assert hits(client, f"field={old.key}") == hits(client, "field=advice") == 1
    assert hits(client, "q=Wunderwort") == 1
    assert client.get(f"/en/offers?field={old.key}").status_code == 200
    assert client.get(f"/api/v1/vocabulary/field/{old.key}").json["key"] == "advice"
    listed = client.get("/api/v1/vocabulary?scheme=field&per_page=200").json["items"]
    assert old.key not in [each["key"] for each in listed]


def test_an_actors_old_category_finds_the_other(client: FlaskClient) -> None:
    old, new = add("category", "Alte Art"), term("category", "volunteers")
    make_actor(name="Verein Nord", category=old.key)
    merge(old, new)
    assert client.get(f"/api/v1/actors?category={old.key}").json["total"] == 1
    assert "Verein Nord" in client.get(f"/en/actors?category={old.key}").text


def test_what_is_saved_with_the_old_key_gets_the_other_term() -> None:
    old, new = add("field", "Altes Feld"), term("field", "advice")
    spoken, other = add("language", "Kurmandschi"), term("language", "ar")
    merge(old, new)
    merge(spoken, other)
    given = {"fields": [old.key, "advice"], "languages": [{"language": spoken.key, "by": "staff"}]}
    offer = make_offer()
    data = OfferSchema(audience="office").load(given, partial=True)
    update_offer(CONSOLE, offer.uuid, offer.version, data)
    db.session.commit()
    assert keys_of(offer) == ["advice"]
    assert [row.language.key for row in offer.languages] == ["ar"]
    actor: Actor = offer.actor
    fields = ActorSchema(audience="office").load({"fields": [old.key]}, partial=True)
    update_actor(CONSOLE, actor.uuid, actor.version, fields)
    assert [each.key for each in actor.fields] == ["advice"]


def test_files_with_the_old_words_are_read_as_the_other_term(app: Flask) -> None:
    old, new = add("field", "Altes Feld", synonyms={"de": ["Wunderwort"]}), term("field", "advice")
    merge(old, new)
    read = words("09576").terms["field"]
    assert [read.key(each) for each in (old.key, "altes feld", "Wunderwort")] == ["advice"] * 3
    assert read.word("advice") == "Beratung und Orientierung"


def test_a_list_of_the_office_filtered_by_the_old_key_shows_the_others(as_user: Any) -> None:
    old, new = add("field", "Altes Feld"), term("field", "advice")
    kind, other = add("category", "Alte Art"), term("category", "volunteers")
    actor = make_actor(name="Verein Nord", category=kind.key)
    make_offer(actor, title={"de": "Gemeint"}, fields=[old.key], places=[])
    make_offer(title={"de": "Anderes"}, fields=["language"])
    merge(old, new)
    merge(kind, other)
    page = as_user("amal").get(f"/en/office/offers?field={old.key}").text
    assert ("Gemeint" in page, "Anderes" in page) == (True, False)
    page = as_user("amal").get(f"/en/office/actors?category={kind.key}").text
    assert "Verein Nord" in page


def test_undo_brings_back_what_moved_and_nothing_else() -> None:
    old, new = add("field", "Altes Feld"), term("field", "advice")
    mine, both, others = (
        make_offer(fields=keys) for keys in ([old.key], [old.key, "advice"], ["advice"])
    )
    merge(old, new)
    later = make_offer(fields=[old.key])
    unmerge(old)
    assert keys_of(mine) == [old.key]
    assert keys_of(both) == sorted(["advice", old.key])
    assert keys_of(others) == keys_of(later) == ["advice"]
    assert vocabulary.term("field", old.key) is not None
    assert old.moved is None


def test_undo_leaves_alone_what_was_changed_or_deleted_since() -> None:
    old, new = add("topic", "Alt"), add("topic", "Neu")
    changed, gone = make_offer(topics=[old.key]), make_offer(topics=[old.key, new.key])
    merge(old, new)
    update_offer(CONSOLE, changed.uuid, changed.version, {"topics": []})
    db.session.delete(gone)
    db.session.commit()
    unmerge(old)
    assert keys_of(changed, "topics") == []
    assert not queries.uses_of(old.id)


def test_a_chain_of_merges_leads_to_its_end_and_is_undone_from_there() -> None:
    first, second, third = (add("topic", name) for name in ("Eins", "Zwei", "Drei"))
    offer = make_offer(topics=[first.key])
    merge(first, second)
    merge(second, third)
    found = vocabulary.term("topic", first.key)
    assert found
    assert found.key == third.key
    assert keys_of(offer, "topics") == [third.key]
    with pytest.raises(Invalid):
        services.unmerge_term(CONSOLE, first.uuid)
    db.session.rollback()
    unmerge(second)
    unmerge(first)
    assert keys_of(offer, "topics") == [first.key]


def test_the_preview_counts_and_changes_nothing(dana: FlaskClient) -> None:
    old, new = add("field", "Altes Feld"), term("field", "advice")
    make_offer(make_actor(fields=[old.key]), fields=[old.key, "advice"], places=[])
    page = " ".join(dana.get(f"{LIST}/terms/{old.uuid}/merge?into={new.uuid}").text.split())
    assert "1 actor, 1 offer" in page
    assert "have both already and keep one: 1 offer" in page
    assert queries.uses_of(old.id) == {"actor": 1, "offer": 1}


def test_a_merge_and_its_undo_on_the_page(dana: FlaskClient) -> None:
    old, new = add("topic", "Alt"), add("topic", "Neu")
    data = {"version": 1, "into": str(new.uuid), "into_version": 1}
    assert dana.post(f"{LIST}/terms/{old.uuid}/merge", data=data).status_code == 302
    assert f"/terms/{old.uuid}/unmerge" in dana.get(f"{LIST}/topic").text
    assert dana.get(f"{LIST}/terms/{old.uuid}").status_code == 404
    assert dana.post(f"{LIST}/terms/{old.uuid}/unmerge").status_code == 302
    assert dana.get(f"{LIST}/terms/{old.uuid}").status_code == 200


def test_two_who_merge_the_same_pair_do_not_undo_each_other() -> None:
    one, other = add("topic", "Eins"), add("topic", "Zwei")
    seen = (one.version, other.version)
    merge(one, other)
    with pytest.raises(NotFound):
        services.merge_terms(CONSOLE, one.uuid, other.uuid, seen)
    with pytest.raises(NotFound):
        services.merge_terms(CONSOLE, other.uuid, one.uuid, seen)


def test_a_term_changed_after_the_preview_is_a_conflict(dana: FlaskClient) -> None:
    old, new = add("topic", "Alt"), add("topic", "Neu")
    services.change_term(CONSOLE, new.uuid, 1, {"labels": {"de": "Ganz anders"}})
    db.session.commit()
    with pytest.raises(Conflict):
        services.merge_terms(CONSOLE, old.uuid, new.uuid, (1, 1))
    data = {"version": 1, "into": str(new.uuid), "into_version": 1}
    answer = dana.post(f"{LIST}/terms/{old.uuid}/merge", data=data)
    assert (answer.status_code, "in the meantime" in answer.text) == (409, True)


def test_only_terms_of_one_list_are_merged_and_not_with_themselves() -> None:
    one, other = add("topic", "Eins"), term("field", "advice")
    with pytest.raises(NotFound):
        services.merge_terms(CONSOLE, one.uuid, other.uuid, (1, 1))
    with pytest.raises(NotFound):
        services.merge_terms(CONSOLE, one.uuid, one.uuid, (1, 1))


def test_one_that_others_went_into_is_not_deleted() -> None:
    old, new = add("topic", "Alt"), add("topic", "Neu")
    merge(old, new)
    with pytest.raises(Invalid):
        services.delete_term(CONSOLE, new.uuid, new.version)


def test_every_table_that_points_at_terms_is_known() -> None:
    found = {(each.name, each.kind) for each in queries.references()}
    assert {
        ("actor.category_id", "actor"),
        ("actor_field.term_id", "actor"),
        ("offer.level_from_id", "offer"),
        ("offer_language.term_id", "offer"),
        ("offer_term.term_id", "offer"),
    } <= found
