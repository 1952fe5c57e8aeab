"""The office keeps the vocabulary: everyone there looks, who administers everything changes."""

from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.audit.models import AuditEntry
from registry.core.colors import READABLE, contrast
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed
from registry.exchange.reference import load_vocabulary
from registry.search import reader
from registry.search.choices import now_here
from registry.search.services import understand
from registry.vocabulary import queries as vocabulary
from registry.vocabulary.editing import palette, queries, services
from registry.vocabulary.models import Term
from tests.conftest import Cast, count_queries
from tests.factories.actors import make_actor
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

LIST = "/en/office/vocabulary"
pytestmark = pytest.mark.usefixtures("database")


def term(scheme: str, key: str) -> Term:
    return db.session.scalars(select(Term).filter_by(scheme=scheme, key=key)).one()


def add(scheme: str = "topic", label: str = "Gartenarbeit", **fields: Any) -> Term:
    made = services.add_term(CONSOLE, scheme, {"labels": {"de": label}, **fields})
    db.session.commit()
    return made


def change(row: Term, **fields: Any) -> Term:
    changed = services.change_term(CONSOLE, row.uuid, row.version, fields)
    db.session.commit()
    return changed


def keys(scheme: str) -> list[str]:
    return [each.key for each in vocabulary.terms(scheme)]


def found_for(text: str) -> list[str]:
    wanted, _errors = understand({"q": text, "radius_km": 10, "page": 1, "per_page": 20})
    found = reader.find(wanted, now_here())
    return (
        []
        if any(w.instead for w in found.question.understood)
        else [offer["title"]["de"] for offer in found.offers]
    )


@pytest.fixture
def dana(as_user: Any, no_csrf: None) -> FlaskClient:
    client: FlaskClient = as_user("dana")
    return client


def test_a_new_term_gets_a_key_from_its_name_and_stands_last() -> None:
    assert add(label="Gärten & Höfe").key == "garten_hofe"
    assert keys("topic")[-1] == "garten_hofe"
    assert add(label="Gärten – Höfe").key == "garten_hofe_2"


@pytest.mark.parametrize("key", ["ä", "a b", "_x", "x" * 61, "a/b"])
def test_an_odd_key_is_a_message_beside_it(dana: FlaskClient, key: str) -> None:
    answer = dana.post(f"{LIST}/topic/new", data={"labels.de": "Neu", "key": key})
    assert (answer.status_code, 'id="f-key-error"' in answer.text) == (422, True)


def test_a_key_is_there_once() -> None:
    add(key="gardening")
    with pytest.raises(Invalid) as refused:
        add(key="gardening")
    assert "key" in refused.value.errors


def test_a_term_is_worded_in_ten_languages_and_found_by_each(dana: FlaskClient) -> None:
    make_offer(title={"de": "Hochbeete"}, topics=[add().key])
    row = term("topic", "gartenarbeit")
    words = {"labels.de": "Gartenarbeit", "labels.uk": "Садівництво", "labels.tr": "Bahçecilik"}
    synonyms = {"synonyms.de": "Beete, Schrebergarten;Kompost", "synonyms.ar": "بستنة، زراعة"}
    data = {"version": row.version, **words, **synonyms}
    answer = dana.post(f"{LIST}/terms/{row.uuid}", data=data)
    assert answer.status_code == 302
    assert row.labels.bodies["uk"] == "Садівництво"
    assert row.synonyms["de"] == ["Beete", "Schrebergarten", "Kompost"]
    assert row.synonyms["ar"] == ["بستنة", "زراعة"]
    for text in ("Садівництво", "bahcecilik", "schrebergarten", "بستنة"):
        assert found_for(text) == ["Hochbeete"], text


def test_a_renamed_term_marks_its_translations_outdated() -> None:
    row = add(label="Garten")
    change(row, labels={"de": "Garten", "en": "Garden"})
    change(row, labels={"de": "Gärtnern"})
    assert row.labels.state("en") == "outdated"


def test_public_pages_show_a_new_name_at_once(client: FlaskClient) -> None:
    assert "Beratung und Orientierung" in client.get("/de/offers").text or make_offer()
    assert "Beratung und Orientierung" in client.get("/de/offers").text
    change(term("field", "advice"), labels={"de": "Rat und Weg"})
    text = client.get("/de/offers").text
    assert "Rat und Weg" in text
    assert "Beratung und Orientierung" not in text


def test_a_stale_save_is_a_conflict_that_shows_both(dana: FlaskClient) -> None:
    row = add()
    change(row, labels={"de": "Zuerst"})
    answer = dana.post(f"{LIST}/terms/{row.uuid}", data={"version": 1, "labels.de": "Danach"})
    assert answer.status_code == 409
    assert "Zuerst" in answer.text
    assert 'value="Danach"' in answer.text


def test_a_retired_term_stays_where_it_is_used_and_is_not_offered_any_more(as_user: Any) -> None:
    row = add()
    offer = make_offer(topics=[row.key])
    change(row, valid_to=date(2020, 1, 1))
    amal = as_user("amal")
    assert 'value="gartenarbeit"' in amal.get(f"/de/office/offers/{offer.uuid}").text
    assert 'value="gartenarbeit"' not in amal.get("/de/office/entry").text
    assert "retired" in amal.get(f"{LIST}/topic").text


def test_a_term_cannot_end_before_it_begins() -> None:
    with pytest.raises(Invalid) as refused:
        change(add(), valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))
    assert "valid_to" in refused.value.errors


def test_a_used_term_is_never_deleted_and_an_unused_one_may_be(dana: FlaskClient) -> None:
    used, unused = add(label="Benutzt"), add(label="Unbenutzt")
    make_offer(topics=[used.key])
    refused = dana.post(f"{LIST}/terms/{used.uuid}/delete", data={"version": 1})
    assert (refused.status_code, "is in use" in refused.text) == (422, True)
    assert dana.post(f"{LIST}/terms/{unused.uuid}/delete", data={"version": 1}).status_code == 302
    assert "benutzt" in keys("topic")
    assert "unbenutzt" not in keys("topic")


@pytest.mark.parametrize(
    ("scheme", "key"), [("cost", "free"), ("target_group", "all"), ("level", "B1")]
)
def test_what_the_program_itself_asks_for_can_only_be_worded_anew(scheme: str, key: str) -> None:
    row = term(scheme, key)
    assert change(row, labels={"de": "Anders"}).labels.bodies["de"] == "Anders"
    other = next(each for each in vocabulary.terms(scheme) if each.key != key)
    with pytest.raises(Invalid):
        services.delete_term(CONSOLE, row.uuid, row.version)
    with pytest.raises(Invalid):
        services.merge_terms(CONSOLE, row.uuid, other.uuid, (row.version, other.version))
    with pytest.raises(Invalid):
        change(row, valid_to=date(2020, 1, 1))


def test_terms_move_up_and_down_without_a_script(dana: FlaskClient) -> None:
    first, second = keys("cost")[:2]
    uuid = term("cost", second).uuid
    dana.post(f"{LIST}/terms/{uuid}/shift", data={"way": "up"})
    assert keys("cost")[:2] == [second, first]
    dana.post(f"{LIST}/terms/{uuid}/shift", data={"way": "up"})
    assert keys("cost")[:2] == [second, first]
    dana.post(f"{LIST}/terms/{uuid}/shift", data={"way": "down"})
    assert keys("cost")[:2] == [first, second]


def test_the_order_of_the_levels_stays() -> None:
    with pytest.raises(Invalid):
        services.shift_term(CONSOLE, term("level", "B1").uuid, -1)


def test_what_was_changed_by_hand_outlives_a_new_load_of_the_files() -> None:
    change(term("cost", "low"), labels={"de": "Ganz günstig"})
    services.shift_term(CONSOLE, term("cost", "low").uuid, -1)
    order = keys("cost")
    load_vocabulary(CONSOLE)
    db.session.commit()
    assert term("cost", "low").labels.bodies["de"] == "Ganz günstig"
    assert keys("cost") == order


def test_uses_are_counted_by_entry_in_one_query() -> None:
    actor = make_actor(fields=["advice"])
    make_offer(actor, fields=["advice", "language"], places=[])
    make_offer(actor, fields=["advice"], places=[], level_from="A1", level_to="A1")
    with count_queries() as seen:
        uses = queries.uses("field")
    assert len(seen) == 1
    assert uses[term("field", "advice").id] == {"actor": 1, "offer": 2}
    assert uses[term("field", "language").id] == {"offer": 1}
    assert queries.uses("level")[term("level", "A1").id] == {"offer": 1}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_use_as_for_three(dana: Any, count: int) -> None:
    for _number in range(count):
        make_offer(fields=["advice"])
    dana.get(f"{LIST}/field")
    with count_queries() as seen:
        assert dana.get(f"{LIST}/field").status_code == 200
    assert len(seen) <= 8


@pytest.mark.parametrize(
    ("color", "words"),
    [("#ffcc00", "nearest colour"), ("#2573dc", "could not tell"), ("blue", "six digits")],
)
def test_a_colour_must_be_readable_and_like_no_other(
    dana: FlaskClient, color: str, words: str
) -> None:
    row = term("field", "language")
    data = {"version": row.version, "labels.de": "x", "color": color}
    answer = dana.post(f"{LIST}/terms/{row.uuid}", data=data)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_a_field_shows_its_new_colour_and_symbol(client: FlaskClient) -> None:
    change(term("field", "language"), color="#0F0F0F", icon="baby")
    assert ".field-language { --field: #0f0f0f; }" in client.get("/vocabulary.css").text


def test_an_unknown_symbol_is_refused(dana: FlaskClient) -> None:
    row = term("field", "language")
    data = {"version": row.version, "labels.de": "x", "icon": "unicorn"}
    assert "no such symbol" in dana.post(f"{LIST}/terms/{row.uuid}", data=data).text


def test_the_fields_of_action_can_be_told_apart_by_everyone() -> None:
    colors = [str(each.color) for each in vocabulary.terms("field")]
    assert all(palette.distance(*pair) >= palette.LEAST for pair in combinations(colors, 2))
    assert all(contrast(color, palette.WHITE) >= READABLE for color in colors)
    assert palette.distance("#00aa00", "#aa5500") < palette.distance("#0000aa", "#aa5500")


def test_every_change_is_logged(dana: FlaskClient) -> None:
    row = add()
    change(row, synonyms={"de": ["Beet", "Hof"]})
    services.shift_term(CONSOLE, row.uuid, -1)
    services.delete_term(CONSOLE, row.uuid, row.version)
    db.session.commit()
    actions = db.session.scalars(select(AuditEntry.action).filter_by(subject_id=row.uuid)).all()
    assert sorted(actions) == ["term.created", "term.deleted", "term.ordered", "term.updated"]
    page = dana.get(f"/en/office/log?subject={row.uuid}").text
    assert "Other words for it (de)" in page
    assert "Beet, Hof" in page


@pytest.mark.parametrize("name", ["amal", "carla", "olga"])
def test_the_office_looks_but_does_not_touch(as_user: Any, no_csrf: None, name: str) -> None:
    client, row = as_user(name), term("topic", keys("topic")[0])
    assert client.get(LIST).status_code == 200
    page = client.get(f"{LIST}/topic")
    assert (page.status_code, "/shift" in page.text) == (200, False)
    for path in ("topic/new", f"terms/{row.uuid}", f"terms/{row.uuid}/merge"):
        assert client.get(f"{LIST}/{path}").status_code == 403
    for path in ("topic/new", f"terms/{row.uuid}", f"terms/{row.uuid}/delete"):
        assert client.post(f"{LIST}/{path}", data={"labels.de": "x"}).status_code == 403


def test_an_administrator_of_one_district_may_not_change_shared_terms(cast: Cast) -> None:
    who = cast.who("amal")
    row = term("cost", "low")
    for attempt in (
        lambda: services.add_term(who, "topic", {"labels": {"de": "x"}}),
        lambda: services.change_term(who, row.uuid, 1, {}),
        lambda: services.shift_term(who, row.uuid, 1),
        lambda: services.unmerge_term(who, row.uuid),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_the_search_for_terms_finds_by_every_word(dana: FlaskClient) -> None:
    assert "Advice and orientation" in dana.get(f"{LIST}?q=anlaufstelle").text
    assert "No term has this name" in dana.get(f"{LIST}?q=xyzzy").text


def test_what_does_not_exist_is_a_404(dana: FlaskClient) -> None:
    nobody = UUID(int=0)
    for path in ("planets", "planets/new", f"terms/{nobody}", f"terms/{nobody}/merge"):
        assert dana.get(f"{LIST}/{path}").status_code == 404


def test_a_stale_deletion_is_a_conflict() -> None:
    row = add()
    change(row, labels={"de": "Neu"})
    with pytest.raises(Conflict):
        services.delete_term(CONSOLE, row.uuid, 1)
