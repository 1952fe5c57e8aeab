"""The office's pages about actors, as an editor uses them."""

from typing import Any

import pytest

from registry.actors import queries
from registry.actors.models import Actor, Status
from registry.audit import queries as audit
from registry.core.db import db
from tests.conftest import Cast
from tests.factories.actors import PLACE, make_actor
from tests.factories.forms import changed, form_of

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")
HOSTILE = '"><script>alert(1)</script>${7*7}{{7*7}}'


def address(actor: Actor, step: str = "") -> str:
    return f"/en/office/actors/{actor.uuid}{step}"


def count() -> int:
    return db.session.query(Actor).count()


def test_an_actor_with_only_a_name_is_saved_as_a_draft_of_the_editors_register(
    as_user: Any, cast: Cast
) -> None:
    answer = as_user("amal").post("/en/office/actors/new", data={"name": "Café International"})
    (row,), _total = queries.office_list(cast.who("amal"), queries.ActorFilter())
    assert answer.status_code == 302
    assert (row.name, row.status, row.region) == ("Café International", "draft", "09576")


def test_an_actor_without_a_name_is_refused_and_everything_typed_is_kept(as_user: Any) -> None:
    answer = as_user("amal").post(
        "/en/office/actors/new",
        data={"short_name": "CI", "fields": ["advice"], "places-0.street": "Hauptstraße 1"},
    )
    assert answer.status_code == 422
    kept = form_of(answer.text)
    assert (kept["short_name"], kept["fields"]) == ("CI", "advice")
    assert kept["places-0.street"] == "Hauptstraße 1"
    assert 'href="#f-name"' in answer.text
    assert count() == 0


@pytest.mark.usefixtures("everybody")
def test_a_form_sent_back_as_it_is_changes_nothing(as_user: Any, cast: Cast) -> None:
    actor = make_actor(
        fields=["work", "advice"],
        areas=["09576", "09576143"],
        units=[{"name": "Büro"}],
        contacts=[{"function": "Empfang", "unit": "Büro", "phone": "09171 1"}],
        places=[{**PLACE, "hours": "Mo-Fr 08:00-12:00; PH off"}],
        description={"de": "Eins\nZwei", "en": "One"},
    )
    _rows, before = audit.entries(cast.who("dana"))
    form = form_of(as_user("amal").get(address(actor)).text)
    answer = as_user("amal").post(address(actor), data=form)
    _rows, after = audit.entries(cast.who("dana"))
    assert answer.status_code == 302
    assert after == before


def test_a_change_stands_in_the_audit_log_with_old_and_new(as_user: Any, cast: Cast) -> None:
    actor = make_actor(name="Alt")
    form = form_of(as_user("amal").get(address(actor)).text)
    as_user("amal").post(address(actor), data=changed(form, name="Neu"))
    rows, _total = audit.entries(cast.who("amal"), subject_id=actor.uuid)
    assert rows[0].changes == {"name": ["Alt", "Neu"]}
    assert rows[0].who_label == "amal@example.org"


def test_fields_that_are_not_in_the_form_cannot_be_set_by_it(as_user: Any) -> None:
    actor = make_actor()
    form = form_of(as_user("amal").get(address(actor)).text)
    forged = changed(form, region="09573", status="archived", example="true", id="0")
    as_user("amal").post(address(actor), data=forged)
    assert (actor.region, actor.status, actor.example) == ("09576", Status.PUBLISHED, False)


def test_a_stale_save_shows_both_versions_and_changes_nothing(as_user: Any) -> None:
    actor = make_actor(name="Erste Fassung")
    client = as_user("amal")
    form = form_of(client.get(address(actor)).text)
    client.post(address(actor), data=changed(form, name="Zweite Fassung"))
    answer = client.post(address(actor), data=changed(form, name="Dritte Fassung"))
    assert answer.status_code == 409
    assert "Zweite Fassung" in answer.text
    assert form_of(answer.text)["name"] == "Dritte Fassung"
    assert db.session.get(Actor, actor.id).name == "Zweite Fassung"


def test_saving_again_after_a_conflict_is_a_decision_that_counts(as_user: Any) -> None:
    actor = make_actor(name="Erste Fassung")
    client = as_user("amal")
    form = form_of(client.get(address(actor)).text)
    client.post(address(actor), data=changed(form, name="Zweite Fassung"))
    conflict = client.post(address(actor), data=changed(form, name="Dritte Fassung"))
    assert client.post(address(actor), data=form_of(conflict.text)).status_code == 302
    assert db.session.get(Actor, actor.id).name == "Dritte Fassung"


def test_publishing_without_a_category_shows_the_problem_at_the_field(as_user: Any) -> None:
    actor = make_actor(status="draft", category=None)
    form = form_of(as_user("amal").get(address(actor)).text)
    answer = as_user("amal").post(address(actor), data=changed(form, then="publish", name="Neu"))
    assert answer.status_code == 422
    assert 'href="#f-category"' in answer.text
    assert form_of(answer.text)["name"] == "Neu"
    assert db.session.get(Actor, actor.id).status == Status.DRAFT


def test_archiving_can_be_undone_and_brings_back_the_published_state(as_user: Any) -> None:
    actor, client = make_actor(), as_user("amal")
    page = client.post(address(actor, "/archive"), follow_redirects=True)
    assert actor.status == Status.ARCHIVED
    assert address(actor, "/restore") in page.text
    client.post(address(actor, "/restore"), data={"was": "published"})
    assert actor.status == Status.PUBLISHED


def test_nothing_is_archived_by_opening_an_address(as_user: Any) -> None:
    actor = make_actor()
    assert as_user("amal").get(address(actor, "/archive")).status_code == 405
    assert actor.status == Status.PUBLISHED


def test_the_editor_of_another_district_does_not_find_a_draft(as_user: Any) -> None:
    actor = make_actor(status="draft")
    assert as_user("boris").get(address(actor)).status_code == 404
    assert as_user("boris").post(address(actor), data={"name": "X"}).status_code == 404


def test_the_editor_of_another_district_cannot_change_what_is_published(as_user: Any) -> None:
    actor = make_actor(name="Roth")
    form = form_of(as_user("amal").get(address(actor)).text)
    assert as_user("boris").get(address(actor)).status_code in (403, 404)
    assert as_user("boris").post(address(actor), data=form).status_code in (403, 404)
    assert as_user("boris").post(address(actor, "/archive")).status_code in (403, 404)
    assert actor.status == Status.PUBLISHED


def test_a_reader_sees_the_list_but_no_form(as_user: Any) -> None:
    actor = make_actor()
    assert actor.name in as_user("carla").get("/en/office/actors").text
    assert as_user("carla").get(address(actor)).status_code == 403
    assert as_user("carla").get("/en/office/actors/new").status_code == 403
    assert as_user("carla").post(address(actor, "/archive")).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Any) -> None:
    answer = client.get("/en/office/actors")
    assert answer.status_code == 302
    assert "/en/sign-in" in answer.location


def test_ids_of_another_actors_parts_are_refused_like_unknown_ones(as_user: Any) -> None:
    other = make_actor(name="Andere", places=[PLACE])
    actor = make_actor()
    form = form_of(as_user("amal").get(address(actor)).text)
    foreign = changed(form, **{"places-0.id": other.places[0].uuid, "places-0.name": "Gekapert"})
    unknown = changed(foreign, **{"places-0.id": "00000000-0000-4000-8000-000000000000"})
    answers = [as_user("amal").post(address(actor), data=each) for each in (foreign, unknown)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("This entry does not belong here." in answer.text for answer in answers)
    assert other.places[0].name == "Rathaus"


def test_an_unknown_parent_and_an_invisible_one_get_the_same_answer(as_user: Any) -> None:
    hidden = make_actor(name="Fürth", region="09573", status="draft")
    for uuid in (hidden.uuid, "00000000-0000-4000-8000-000000000000"):
        answer = as_user("amal").post(
            "/en/office/actors/new", data={"name": "Kind", "parent": str(uuid)}
        )
        assert answer.status_code == 422
        assert "This organisation does not exist." in answer.text


def test_emptying_all_inputs_of_a_row_removes_it(as_user: Any) -> None:
    actor = make_actor(units=[{"name": "Büro"}, {"name": "Lager"}])
    form = form_of(as_user("amal").get(address(actor)).text)
    as_user("amal").post(
        address(actor), data=changed(form, **{"units-0.id": "", "units-0.name": ""})
    )
    assert [unit.name for unit in actor.units] == ["Lager"]


def test_unreadable_hours_get_a_message_at_their_row(as_user: Any) -> None:
    answer = as_user("amal").post(
        "/en/office/actors/new",
        data={"name": "X", "places-0.name": "Haus", "places-0.hours": "immer mal wieder"},
    )
    assert answer.status_code == 422
    assert 'href="#f-places-0-hours"' in answer.text


def test_one_coordinate_alone_is_refused_at_its_row(as_user: Any) -> None:
    answer = as_user("amal").post(
        "/en/office/actors/new",
        data={"name": "X", "places-0.name": "Haus", "places-0.lat": "49,2"},
    )
    assert answer.status_code == 422
    assert 'href="#f-places-0-lon"' in answer.text


@pytest.mark.parametrize("name", ["name", "description.de", "units-0.name", "places-0.street"])
def test_nul_characters_are_refused(as_user: Any, name: str) -> None:
    data = {"name": "X", "units-0.name": "U", "places-0.name": "P", name: "a\x00b"}
    assert as_user("amal").post("/en/office/actors/new", data=data).status_code == 422


def test_hostile_text_is_escaped_wherever_it_is_shown(as_user: Any, cast: Cast) -> None:
    actor = make_actor(cast.who("amal"), name=HOSTILE, description={"de": HOSTILE})
    client = as_user("amal")
    for path in (address(actor), "/en/office/actors", "/en/office/log"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_unknown_filters_show_the_whole_list(as_user: Any) -> None:
    make_actor()
    query = "?status=nix&category=a%00b&sort=x&page=999999999&_external=1&endpoint=x"
    assert as_user("amal").get(f"/en/office/actors{query}").status_code == 200


def test_archived_actors_are_listed_only_when_asked_for(as_user: Any) -> None:
    make_actor(name="Verschwunden", status="archived")
    client = as_user("amal")
    assert "Verschwunden" not in client.get("/en/office/actors").text
    assert "Verschwunden" in client.get("/en/office/actors?status=archived").text


def test_a_postcode_proposes_town_and_coordinates(as_user: Any) -> None:
    found = as_user("amal").get("/en/office/proposal?postcode=91161").json
    assert found["municipality"] == "09576127"
    assert found["city"] == "Hilpoltstein"
    assert 49 < found["lat"] < 50


def test_a_wrong_postcode_proposes_nothing(as_user: Any) -> None:
    found = as_user("amal").get("/en/office/proposal?postcode=x%00&municipality=abc").json
    assert (found["lat"], found["municipalities"]) == (None, [])


def test_coordinates_far_from_the_municipality_are_saved_with_a_warning(as_user: Any) -> None:
    place = {**PLACE, "lat": 53.55, "lon": 10.0}
    data = {"name": "X", **{f"places-0.{name}": value for name, value in place.items()}}
    page = as_user("amal").post("/en/office/actors/new", data=data, follow_redirects=True)
    assert "lie far from its municipality" in page.text
