"""The office's pages about offers, as an editor uses them."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from registry.actors.models import Actor, Contact, Place, Status
from registry.audit import queries as audit
from registry.core.db import db
from registry.offers.models import Offer
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.forms import changed, form_of
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")
ENTRY = "/en/office/entry"
LEAST = {
    "actor.name": "Neuer Verein",
    "offer.title.de": "Deutschkurs",
    "offer.fields": "language",
    "place.municipality": "09576143",
}
HOSTILE = '"><script>alert(1)</script>${7*7}{{7*7}}'
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def address(offer: Offer, step: str = "") -> str:
    return f"/en/office/offers/{offer.uuid}{step}"


def counts() -> list[int]:
    kinds = (Actor, Contact, Place, Offer)
    return [db.session.scalar(select(func.count(kind.id))) or 0 for kind in kinds]


def only_offer() -> Offer:
    return db.session.scalars(select(Offer)).one()


def test_an_entry_with_name_field_and_municipality_is_a_draft(as_user: Any) -> None:
    assert as_user("amal").post(ENTRY, data=LEAST).status_code == 302
    offer = only_offer()
    assert (str(offer), offer.status, offer.actor.status) == ("Deutschkurs", "draft", "draft")
    assert offer.places[0].place.municipality == "09576143"


def test_an_entry_below_an_existing_actor_needs_no_new_one(as_user: Any) -> None:
    actor = make_actor(name="Schon da")
    data = {**LEAST, "actor.name": "", "existing": str(actor.uuid)}
    assert as_user("amal").post(ENTRY, data=data).status_code == 302
    assert only_offer().actor.name == "Schon da"


def test_an_entry_saves_all_four_parts_in_one_go(as_user: Any) -> None:
    data = {**LEAST, "contact.function": "Büro", "contact.phone": "09171 1"}
    as_user("amal").post(ENTRY, data=data)
    assert counts() == [1, 1, 1, 1]
    assert only_offer().contact.phone == "09171 1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("offer.fields", ""),
        ("offer.fields", "nix"),
        ("offer.title.de", "مقهى " * 1000),
        ("place.municipality", ""),
        ("place.municipality", "09999999"),
        ("place.hours", "immer mal wieder"),
        ("contact.email", "kein at"),
        ("offer.description.de", "a\x00b"),
    ],
)
def test_an_entry_with_one_mistake_saves_nothing_and_keeps_everything(
    as_user: Any, name: str, value: str
) -> None:
    data = {**LEAST, "offer.summary.de": "Bleibt stehen", name: value}
    answer = as_user("amal").post(ENTRY, data=data)
    assert answer.status_code == 422
    assert counts() == [0, 0, 0, 0]
    assert form_of(answer.text)["offer.summary.de"] == "Bleibt stehen"
    control = f"#f-{name}".replace(".", "-")
    assert f'href="{control}"' in answer.text


@pytest.mark.parametrize("left_out", ["actor.name", "offer.title.de"])
def test_one_name_is_enough_for_actor_and_offer(as_user: Any, left_out: str) -> None:
    as_user("amal").post(ENTRY, data={**LEAST, left_out: ""})
    assert str(only_offer()) == only_offer().actor.name


def test_an_entry_without_any_name_is_refused_at_both_fields(as_user: Any) -> None:
    answer = as_user("amal").post(ENTRY, data={**LEAST, "actor.name": "", "offer.title.de": ""})
    assert answer.status_code == 422
    assert 'href="#f-actor-name"' in answer.text
    assert 'href="#f-offer-title-de"' in answer.text
    assert counts() == [0, 0, 0, 0]


def test_an_entry_names_one_actor_only(as_user: Any) -> None:
    data = {**LEAST, "existing": str(make_actor().uuid)}
    answer = as_user("amal").post(ENTRY, data=data)
    assert answer.status_code == 422
    assert 'href="#f-existing"' in answer.text


def test_an_entry_can_be_published_at_once(as_user: Any) -> None:
    data = {**LEAST, "then": "publish", "actor.category": "welfare", "offer.summary.de": "Kurs"}
    as_user("amal").post(ENTRY, data=data)
    offer = only_offer()
    assert (offer.status, offer.actor.status) == (Status.PUBLISHED, Status.PUBLISHED)


def test_an_entry_that_cannot_be_published_yet_is_not_saved_but_kept_on_the_page(
    as_user: Any,
) -> None:
    answer = as_user("amal").post(ENTRY, data={**LEAST, "then": "publish"})
    assert answer.status_code == 422
    assert 'href="#f-actor-category"' in answer.text
    assert counts() == [0, 0, 0, 0]


@pytest.mark.usefixtures("everybody")
def test_a_form_sent_back_as_it_is_changes_nothing(as_user: Any, cast: Cast) -> None:
    actor = make_actor(places=[PLACE], contacts=[{"function": "Büro"}], units=[{"name": "A"}])
    offer = make_offer(
        actor,
        fields=["work", "advice"],
        description={"de": "Eins\nZwei", "en": "One"},
        languages=[{"language": "ar", "note": {"de": "dienstags"}}, {"language": "de"}],
        steps=["come_by", "call"],
        contact=str(actor.contacts[0].uuid),
        unit=str(actor.units[0].uuid),
        places=[{"place": str(actor.places[0].uuid), "hours": "Mo 09:00-12:00"}],
        runs=[{"starts_on": "2026-02-02", "availability": "few"}],
        closures=[{"closed_from": "2026-04-01", "closed_to": "2026-04-10"}],
        min_age=6,
        cost="free",
    )
    _rows, before = audit.entries(cast.who("dana"))
    form = form_of(as_user("amal").get(address(offer)).text)
    answer = as_user("amal").post(address(offer), data=form)
    rows, after = audit.entries(cast.who("dana"))
    assert answer.status_code == 302
    assert after == before, rows[0].changes


def test_a_change_stands_in_the_audit_log_with_old_and_new(as_user: Any, cast: Cast) -> None:
    offer = make_offer()
    form = form_of(as_user("amal").get(address(offer)).text)
    as_user("amal").post(address(offer), data=changed(form, title__de="Neuer Titel"))
    rows, _total = audit.entries(cast.who("amal"), subject_id=offer.uuid)
    assert rows[0].changes == {"title": [{"de": "Beratung"}, {"de": "Neuer Titel"}]}


def test_fields_that_are_not_in_the_form_cannot_be_set_by_it(as_user: Any) -> None:
    offer, other = make_offer(), make_actor(name="Andere")
    form = form_of(as_user("amal").get(address(offer)).text)
    forged = changed(form, actor=other.uuid, actor_id=other.id, status="archived", example="1")
    as_user("amal").post(address(offer), data=forged)
    assert offer.actor is not other
    assert (offer.status, offer.example) == (Status.PUBLISHED, False)


@pytest.mark.parametrize("part", ["place", "contact", "unit"])
def test_parts_of_another_actor_are_refused_like_unknown_ones(as_user: Any, part: str) -> None:
    other = make_actor(
        name="Andere", places=[PLACE], contacts=[{"function": "Büro"}], units=[{"name": "A"}]
    )
    offer = make_offer()
    name = {"place": "places-0.place"}.get(part, part)
    form = form_of(as_user("amal").get(address(offer)).text)
    pages = []
    for uuid in (str(getattr(other, f"{part}s")[0].uuid), UNKNOWN):
        answer = as_user("amal").post(address(offer), data=changed(form, **{name: uuid}))
        assert answer.status_code == 422
        pages.append(re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text.replace(uuid, "")))
    assert pages[0] == pages[1]


def test_a_stale_save_shows_both_versions_and_changes_nothing(as_user: Any) -> None:
    offer, client = make_offer(), as_user("amal")
    form = form_of(client.get(address(offer)).text)
    client.post(address(offer), data=changed(form, title__de="Zweite Fassung"))
    answer = client.post(address(offer), data=changed(form, title__de="Dritte Fassung"))
    assert answer.status_code == 409
    assert "Zweite Fassung" in answer.text
    assert form_of(answer.text)["title.de"] == "Dritte Fassung"
    assert str(db.session.get(Offer, offer.id)) == "Zweite Fassung"


def test_publishing_problems_stand_at_the_fields_and_nothing_typed_is_lost(as_user: Any) -> None:
    offer = make_offer(status="draft", summary={})
    form = form_of(as_user("amal").get(address(offer)).text)
    typed = changed(form, then="publish", booking_url="https://example.org/kurs")
    answer = as_user("amal").post(address(offer), data=typed)
    assert answer.status_code == 422
    assert 'href="#f-summary-de"' in answer.text
    assert form_of(answer.text)["booking_url"] == "https://example.org/kurs"


def test_publishing_by_itself_leads_to_the_fields_that_are_missing(as_user: Any) -> None:
    offer = make_offer(status="draft", summary={})
    answer = as_user("amal").post(address(offer, "/publish"))
    assert answer.status_code == 422
    assert form_of(answer.text)["version"] == str(offer.version)


def test_archiving_can_be_undone_and_brings_back_the_published_state(as_user: Any) -> None:
    offer, client = make_offer(), as_user("amal")
    page = client.post(address(offer, "/archive"), follow_redirects=True)
    assert offer.status == Status.ARCHIVED
    assert address(offer, "/restore") in page.text
    client.post(address(offer, "/restore"), data={"was": "published"})
    assert offer.status == Status.PUBLISHED


def test_the_editor_of_another_district_does_not_find_a_draft(as_user: Any) -> None:
    offer = make_offer(status="draft")
    assert as_user("boris").get(address(offer)).status_code == 404
    assert as_user("boris").post(address(offer), data={"version": "1"}).status_code == 404
    assert "Beratung" not in as_user("boris").get("/en/office/offers").text


def test_the_editor_of_another_district_cannot_change_what_is_published(as_user: Any) -> None:
    offer = make_offer()
    form = form_of(as_user("amal").get(address(offer)).text)
    assert as_user("boris").get(address(offer)).status_code in (403, 404)
    answer = as_user("boris").post(address(offer), data=changed(form, title__de="Gekapert"))
    assert answer.status_code in (403, 404)
    assert str(offer) == "Beratung"


def test_a_reader_sees_the_list_but_no_form(as_user: Any) -> None:
    offer = make_offer()
    page = as_user("carla").get("/en/office/offers").text
    assert "Beratung" in page
    assert "Copy as new" not in page
    assert as_user("carla").get(address(offer)).status_code == 403
    assert as_user("carla").get(ENTRY).status_code == 403
    assert as_user("carla").post(ENTRY, data=LEAST).status_code == 403


def test_unreadable_hours_get_a_message_at_their_row(as_user: Any) -> None:
    offer = make_offer()
    form = form_of(as_user("amal").get(address(offer)).text)
    answer = as_user("amal").post(
        address(offer), data=changed(form, **{"places-0.hours": "immer mal wieder"})
    )
    assert answer.status_code == 422
    assert 'href="#f-places-0-hours"' in answer.text


def test_many_offers_are_copied_with_their_dates_moved(as_user: Any) -> None:
    offers = [make_offer(valid_to="2026-06-30"), make_offer(valid_to="2026-07-01")]
    answer = as_user("amal").post(
        "/en/office/offers/copy",
        data={"ids": [str(o.uuid) for o in offers], "shift": "2", "unit": "weeks"},
        follow_redirects=True,
    )
    ends = db.session.scalars(
        select(Offer.valid_to).where(Offer.status == Status.DRAFT).order_by(Offer.valid_to)
    )
    assert [str(end) for end in ends] == ["2026-07-14", "2026-07-15"]
    assert "2 copies made, as drafts." in answer.text


@pytest.mark.parametrize("shift", ["viel", "99999", "--3"])
def test_a_shift_that_is_none_is_refused_and_the_choice_is_kept(as_user: Any, shift: str) -> None:
    offer = make_offer()
    answer = as_user("amal").post(
        "/en/office/offers/copy",
        data={"ids": str(offer.uuid), "shift": shift},
        follow_redirects=True,
    )
    assert f'value="{offer.uuid}" checked' in answer.text
    assert counts()[-1] == 1


def test_one_offer_is_copied_as_new(as_user: Any) -> None:
    offer = make_offer()
    answer = as_user("amal").post("/en/office/offers/copy", data={"one": str(offer.uuid)})
    copy = db.session.scalars(select(Offer).where(Offer.id != offer.id)).one()
    assert answer.location.endswith(f"/en/office/offers/{copy.uuid}")
    assert copy.status == Status.DRAFT


def test_the_list_is_sorted_by_a_click_on_a_head(as_user: Any) -> None:
    make_offer(title={"de": "Anfang"}), make_offer(title={"de": "Zuletzt"})
    page = as_user("amal").get("/en/office/offers?sort=-title").text
    assert page.index("Zuletzt") < page.index("Anfang")
    assert 'aria-sort="descending"' in page


def test_hostile_text_is_escaped_wherever_it_is_shown(as_user: Any) -> None:
    offer = make_offer(title={"de": HOSTILE}, internal_note=HOSTILE)
    client = as_user("amal")
    for path in (address(offer), "/en/office/offers", "/en/office/log"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_offers_that_come_later_end_soon_or_have_ended_are_filters(as_user: Any) -> None:
    day = timedelta(days=1)
    make_offer(title={"de": "Später"}, valid_from=str(date.today() + day))
    make_offer(title={"de": "Läuft"}, valid_from=str(date.today()))
    make_offer(title={"de": "Bald vorbei"}, valid_to=str(date.today() + 60 * day))
    make_offer(title={"de": "Vorbei"}, valid_to=str(date.today() - day))
    titles = {"Später", "Läuft", "Bald vorbei", "Vorbei"}
    for due, wanted in (("scheduled", "Später"), ("ending", "Bald vorbei"), ("expired", "Vorbei")):
        page = as_user("amal").get(f"/en/office/offers?due={due}").text
        assert {title for title in titles if f"{title}<" in page} == {wanted}
