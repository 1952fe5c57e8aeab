"""Translating: what is to be done in a language, and German beside the translation."""

from typing import Any

import pytest

from registry.core.db import db
from registry.offers.models import Closure, Offer
from registry.texts.translated import Translated
from registry.translating import queries
from registry.translating.queries import Wanted
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.forms import changed, form_of
from tests.factories.offers import make_offer

pytestmark = pytest.mark.usefixtures("no_csrf")
DONE = {"de": "Hilfe", "en": "Help"}
TITLE = {"de": "Hilfe beim Antrag", "en": "Help with forms"}


def at(row: Any, to: str = "en", kind: str = "offer") -> str:
    return f"/en/office/translations/{kind}/{row.uuid}?to={to}"


def outdated(**fields: Any) -> Offer:
    """Return an offer whose English title is older than the German one."""
    offer = make_offer(title=TITLE, **fields)
    offer.title = offer.title.merged({"de": "Hilfe beim neuen Antrag"})
    db.session.commit()
    return offer


def states(offer: Offer, language: str = "en") -> str:
    return offer.title.state(language)


def test_what_changed_in_the_german_text_is_marked_word_by_word(as_user: Any) -> None:
    page = as_user("amal").get(at(outdated())).text
    assert "Hilfe beim <ins>neuen </ins>Antrag" in page


def test_saving_marks_every_text_as_made_from_the_german_one(as_user: Any) -> None:
    offer = outdated()
    data = {
        "version": offer.version,
        "text-title": "Help with forms",
        "asked-title": "1",
        "fits-title": "1",
        "text-summary": "Everyday advice",
    }
    assert as_user("amal").post(at(offer), data=data).status_code == 302
    assert (offer.title.state("en"), offer.summary.state("en")) == ("current", "current")


def test_a_text_of_which_nobody_says_that_it_fits_stays_outdated(as_user: Any) -> None:
    offer = outdated()
    data = {"version": offer.version, "text-title": "Help with forms", "asked-title": "1"}
    as_user("amal").post(at(offer), data=data)
    assert states(offer) == "outdated"


def test_a_stale_save_changes_nothing_and_loses_nothing(as_user: Any) -> None:
    offer = outdated()
    data = {"version": offer.version - 1, "text-title": "Typed meanwhile"}
    answer = as_user("amal").post(at(offer), data=data)
    assert answer.status_code == 409
    assert "Typed meanwhile" in answer.text
    assert offer.title.bodies["en"] == "Help with forms"


def test_a_translation_that_is_too_long_is_refused_at_its_input(as_user: Any) -> None:
    offer = make_offer()
    answer = as_user("amal").post(
        at(offer), data={"version": offer.version, "text-title": "x" * 301}
    )
    assert answer.status_code == 422
    assert 'href="#text-title"' in answer.text


@pytest.mark.parametrize("name", ["boris", "carla"])
def test_whoever_may_not_edit_an_entry_cannot_translate_it(as_user: Any, name: str) -> None:
    offer = make_offer()
    answer = as_user(name).post(at(offer), data={"version": offer.version, "text-title": "No"})
    assert answer.status_code in (403, 404)
    assert states(offer) == "missing"


def test_what_an_actor_translates_itself_waits_for_the_office(as_user: Any, cast: Cast) -> None:
    offer = make_offer()
    cast.keeps(offer.actor)
    data = {"version": offer.version, "text-title": "Advice"}
    page = as_user("emil").post(at(offer), data=data, follow_redirects=True).text
    assert "Advice" in page
    assert states(offer) == "missing"


def test_next_leads_through_the_entries_in_which_something_waits(as_user: Any) -> None:
    first = make_offer(title={"de": "A"})
    make_offer(title={"de": "B", "en": "B"}, summary=DONE)
    last = make_offer(title={"de": "C"})
    data = {"version": first.version, "text-title": "A", "then": "next"}
    answer = as_user("amal").post(at(first), data=data)
    assert answer.location == at(last)


def test_texts_of_rows_are_translated_beside_those_of_the_entry(as_user: Any) -> None:
    actor = make_actor(places=[PLACE])
    place = actor.places[0].uuid
    offer = make_offer(actor, places=[{"place": str(place), "note": {"de": "Im Hof"}}])
    data = {"version": offer.version, f"text-places.{place}.note": "In the yard"}
    as_user("amal").post(at(offer), data=data)
    assert offer.places[0].note.bodies["en"] == "In the yard"


@pytest.mark.parametrize(
    ("state", "found"), [("missing", ["Neu"]), ("outdated", ["Alt"]), ("machine", ["Maschine"])]
)
def test_the_work_list_finds_entries_by_language_and_state(
    cast: Cast, state: str, found: list[str]
) -> None:
    make_offer(title={"de": "Neu"}, summary=DONE)
    for title in ("Alt", "Maschine", "Fertig"):
        make_offer(title={"de": title, "en": title}, summary=DONE)
    by_title = {str(offer): offer for offer in db.session.query(Offer)}
    old, machine = by_title["Alt"], by_title["Maschine"]
    old.title = Translated.of({"de": "?", "en": "Old"}).merged({"de": "Alt"})
    machine.title = machine.title.marked_machine("en")
    db.session.commit()
    rows, total = queries.work_list(cast.who("amal"), Wanted(("en",), (state,)))
    assert ([str(row) for _kind, row in rows], total) == (found, 1)
    assert queries.counts(cast.who("amal"), "en") == {"missing": 1, "outdated": 1, "machine": 1}


def test_the_work_list_knows_texts_of_rows_and_of_actors(cast: Cast) -> None:
    make_actor(description={"de": "Wir beraten"})
    actor = make_actor(name="Mit Abteilung", units=[{"name": "Amt", "description": {"de": "1.OG"}}])
    rows, _total = queries.work_list(cast.who("amal"), Wanted(("ar",)))
    assert actor in [row for _kind, row in rows]
    assert queries.work_list(cast.who("boris"), Wanted(("ar",)))[1] == 0


def test_the_desk_counts_what_its_list_shows(as_user: Any, cast: Cast) -> None:
    outdated(), make_offer()
    page = as_user("amal").get("/en/office/translations?state=outdated").text
    assert "1 entry" in page


def test_the_form_asks_for_german_and_leads_to_the_translations(as_user: Any) -> None:
    offer = outdated()
    page = as_user("amal").get(f"/en/office/offers/{offer.uuid}").text
    assert "title.en" not in form_of(page)
    assert f"/en/office/translations/offer/{offer.uuid}?to=en" in page


@pytest.mark.parametrize(("box", "state"), [({}, "outdated"), ({"title__minor": "1"}, "current")])
def test_a_small_correction_outdates_no_translation(
    as_user: Any, box: dict[str, str], state: str
) -> None:
    offer = make_offer(title=TITLE)
    client, address = as_user("amal"), f"/en/office/offers/{offer.uuid}"
    form = changed(form_of(client.get(address).text), title__de="Hilfe beim Antrag.", **box)
    assert client.post(address, data=form).status_code == 302
    assert states(offer) == state


def test_a_small_correction_that_waited_for_the_office_outdates_nothing(
    as_user: Any, cast: Cast
) -> None:
    offer = make_offer(title=TITLE)
    cast.keeps(offer.actor)
    emil, address = as_user("emil"), f"/en/office/offers/{offer.uuid}"
    form = changed(form_of(emil.get(address).text), title__de="Hilfe.", title__minor="1")
    emil.post(address, data=form)
    amal = as_user("amal")
    queue = amal.get("/en/office/review").text
    decide = queue.split('href="/en/office/review/')[1].split('"')[0]
    assert "minor" not in amal.get(f"/en/office/review/{decide}").text
    data = {"version": offer.version}
    assert amal.post(f"/en/office/review/{decide}/accept", data=data).status_code == 302
    assert (str(offer), states(offer)) == ("Hilfe.", "current")


def test_a_closure_that_is_moved_keeps_its_translations(as_user: Any) -> None:
    closure = {"closed_from": "2026-12-24", "closed_to": "2027-01-06"}
    offer = make_offer(closures=[{**closure, "reason": {"de": "Ferien", "en": "Holidays"}}])
    client, address = as_user("amal"), f"/en/office/offers/{offer.uuid}"
    form = form_of(client.get(address).text)
    form["closures-0.closed_to"] = "2027-01-07"
    client.post(address, data=form)
    kept = db.session.query(Closure).one()
    assert (str(kept.closed_to), kept.reason.bodies["en"]) == ("2027-01-07", "Holidays")


def test_the_form_tells_the_state_of_texts_in_rows(as_user: Any) -> None:
    closure = {"closed_from": "2026-12-24", "closed_to": "2027-01-06"}
    offer = make_offer(closures=[{**closure, "reason": {"de": "Ferien", "en": "Holidays"}}])
    offer.closures[0].reason = offer.closures[0].reason.merged({"de": "Betriebsferien"})
    db.session.commit()
    page = as_user("amal").get(f"/en/office/offers/{offer.uuid}").text
    line = page.split('name="closures-0.reason.de"')[1].split("</details>")[0]
    assert "older than the German text" in line
