"""Contact points in the office: designate, change, end, and see who is left without one."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.actors.models import Status
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotFound
from registry.core.tables import BOM
from registry.designations import queries, services
from registry.designations.models import Designation
from registry.exchange.export import export
from registry.exchange.sheets.handing_out import handed_out
from registry.offers import services as offers
from registry.upkeep.duplicates.merging import services as merging
from registry.upkeep.duplicates.merging.services import Pair
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.designations import make_designation
from tests.factories.forms import form_of
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

TODAY = date.today()
PAGE = "/en/office/contact-points"
ROTH = "09576143"
pytestmark = pytest.mark.usefixtures("no_csrf")


def test_a_gap_leads_to_the_form_that_closes_it(cast: Cast, as_user: Any) -> None:
    actor, client = make_actor(), as_user("amal")
    before = queries.count_gaps(cast.who("amal"), TODAY)
    gap = f"{PAGE}/new?area={ROTH}&group=young"
    assert gap.replace("&", "&amp;") in client.get(f"{PAGE}/coverage").text
    form = form_of(client.get(f"{gap}&actor={actor.uuid}").text)
    answer = client.post(f"{PAGE}/new?actor={actor.uuid}", data=form)
    assert answer.status_code == 302
    assert queries.count_gaps(cast.who("amal"), TODAY) == before - 1
    assert "Musterverband" in client.get(f"{PAGE}/coverage").text


def test_a_change_is_logged_and_a_stale_one_refused(cast: Cast, as_user: Any) -> None:
    row, client = make_designation(), as_user("amal")
    form = form_of(client.get(f"{PAGE}/{row.uuid}").text)
    form["decided_by"] = "Integrationskonferenz"
    assert client.post(f"{PAGE}/{row.uuid}", data=form).status_code == 302
    assert "Integrationskonferenz" in client.get(f"{PAGE}/{row.uuid}").text
    form["decided_by"] = "Kreistag"
    stale = client.post(f"{PAGE}/{row.uuid}", data=form)
    assert stale.status_code == 409
    assert "Kreistag" in stale.text
    logged = db.session.query(AuditEntry).filter_by(action="designation.updated").one()
    assert logged.changes == {"decided_by": [None, "Integrationskonferenz"]}


def test_an_ended_designation_is_a_gap_from_tomorrow_on(cast: Cast, as_user: Any) -> None:
    row = make_designation()
    as_user("amal").post(f"{PAGE}/{row.uuid}/end", data={"version": row.version})
    assert queries.contact_points(TODAY)
    assert not queries.contact_points(TODAY + timedelta(days=1))


def test_what_nobody_sees_or_is_for_some_only_closes_no_gap(cast: Cast) -> None:
    before = queries.count_gaps(cast.who("amal"), TODAY)
    make_designation(make_offer(status=Status.DRAFT))
    make_designation(target_groups=["women"])
    assert queries.count_gaps(cast.who("amal"), TODAY) == before


def test_a_foreign_district_answers_as_if_nothing_were_there(cast: Cast, as_user: Any) -> None:
    row, theirs = make_designation(), make_actor(region="09573")
    boris, missing = as_user("boris"), f"{PAGE}/00000000-0000-0000-0000-000000000000"
    for address in (f"{PAGE}/{row.uuid}", missing):
        assert boris.get(address).status_code == 404
        assert boris.post(address, data={"version": 1}).status_code == 404
        assert boris.post(f"{address}/end", data={"version": 1}).status_code == 404
    assert boris.get(f"{PAGE}/new?actor={row.provider.uuid}").status_code == 404
    with pytest.raises(NotFound):
        services.designate(cast.who("amal"), theirs.uuid, {"service_type": "mbe"})


@pytest.mark.parametrize("ags", ["09573", "09573111", "09576999", "09"])
def test_areas_lie_in_the_register(cast: Cast, ags: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_designation(who=cast.who("amal"), areas=[ags])
    assert "areas" in refused.value.errors


def test_an_offer_of_another_provider_is_refused(cast: Cast) -> None:
    other = make_offer()
    data = {"service_type": "mbe", "areas": ["09576"], "offer": {"uuid": other.uuid}}
    with pytest.raises(Invalid) as refused:
        services.designate(cast.who("amal"), make_actor(name="Anderer").uuid, data)
    assert "offer" in refused.value.errors


def test_readers_look_and_change_nothing(cast: Cast, as_user: Any) -> None:
    row, carla = make_designation(), as_user("carla")
    assert "Beratung" in carla.get(PAGE).text
    assert carla.get(f"{PAGE}/coverage").status_code == 200
    assert carla.post(f"{PAGE}/{row.uuid}/end", data={"version": 1}).status_code == 403
    cast.keeps(row.provider)
    assert as_user("emil").get(PAGE).status_code == 403


def test_what_is_typed_wrongly_is_said_and_kept(cast: Cast, as_user: Any) -> None:
    wrong = {"min_age": "30", "max_age": "20", "decided_by": "Kreistag", "areas": ROTH}
    answer = as_user("amal").post(f"{PAGE}/new?actor={make_actor().uuid}", data=wrong)
    assert answer.status_code == 422
    assert "Kreistag" in answer.text


def test_designations_go_along_when_entries_are_merged(cast: Cast) -> None:
    winner, loser = make_actor(name="Eins"), make_actor(name="Zwei")
    row = make_designation(loser)
    pair = Pair("actor", winner.uuid, loser.uuid, (winner.version, loser.version))
    made = merging.merge(cast.who("amal"), pair, [])
    assert row.provider == winner
    merging.take_apart(cast.who("amal"), made.uuid)
    assert row.provider == loser


def test_designations_go_when_their_offer_is_deleted(cast: Cast) -> None:
    make_designation(make_offer(example=True))
    offers.delete_demo(cast.who("dana"), [])
    db.session.commit()
    assert db.session.query(Designation).count() == 0


def test_a_stale_end_is_refused(cast: Cast) -> None:
    row = make_designation()
    with pytest.raises(Conflict):
        services.end(cast.who("amal"), row.uuid, row.version + 1, TODAY)


def test_the_list_and_the_matrix_ask_the_same_however_much_there_is(
    cast: Cast, as_user: Any
) -> None:
    client, asked = as_user("amal"), []
    client.get(f"{PAGE}/coverage")  # what this process keeps of the regions is read once
    for _step in range(2):
        make_designation()
        make_designation(make_actor())
        counts = []
        for address in (PAGE, f"{PAGE}/coverage"):
            with count_queries() as seen:
                assert client.get(address).status_code == 200
            counts.append(len(seen))
        asked.append(counts)
    assert asked[0] == asked[1]


def test_a_number_by_area_of_life_is_that_of_the_list_it_leads_to(cast: Cast, as_user: Any) -> None:
    secret = {**PLACE, "confidential": True}
    make_offer(areas_of_life=["school"], areas=["09576147"])
    make_offer(make_actor(places=[secret]), areas_of_life=["school"], areas=[])
    client = as_user("amal")
    shown = re.findall(
        r'href="(/en/offers\?area_of_life=school[^"]+)">(\d+)<', client.get(f"{PAGE}/coverage").text
    )
    assert len(shown) == 2
    for address, number in shown:
        found = client.get(address.replace("&amp;", "&")).text
        assert re.search(rf'id="total">\s*{number} offer', found)


def test_coverage_can_be_asked_of_any_kind_of_service(as_user: Any) -> None:
    make_designation(make_offer(title={"de": "Schulden"}), service_type="debt", areas=[ROTH])
    client = as_user("amal")
    assert "Schulden" not in client.get(f"{PAGE}/coverage").text
    page = client.get(f"{PAGE}/coverage?service=debt").text
    assert page.count("Schulden") == 2  # of all with a right to stay, and of all others
    assert "group=right_to_stay&amp;service=debt" in page
    actor = make_actor()
    gap = f"{PAGE}/new?area=09576147&group=right_to_stay&service=debt&actor={actor.uuid}"
    assert form_of(client.get(gap).text)["service_type"] == "debt"
    assert form_of(client.get(gap).text)["areas"] == "09576147"


def test_programs_and_sheets_are_told_what_somebody_is_a_contact_point_for(
    client: FlaskClient, cast: Cast
) -> None:
    offer, draft = make_offer(), make_offer(status="draft")
    make_designation(offer)
    make_designation(draft)
    make_designation(offer.actor, service_type="jmd")
    listed = client.get("/api/v1/offers").json["items"]
    assert [each["contact_point_for"] for each in listed] == [["mbe"]]
    for kind, uuid, keys in (
        ("offers", offer.uuid, ["mbe"]),
        ("actors", offer.actor.uuid, ["jmd"]),
    ):
        assert client.get(f"/api/v1/{kind}/{uuid}").json["contact_point_for"] == keys
        file = StringIO()
        export(kind, "csv", file, TODAY)
        rows = csv.DictReader(StringIO(file.getvalue().removeprefix(BOM)), delimiter=";")
        assert [keys[0]] == [row["contact_point_for"] for row in rows if row["id"] == str(uuid)]
    with handed_out(cast.who("amal"), "offers", [offer.id, draft.id], "csv") as sheet:
        text = sheet.read().decode("utf-8-sig")
    told = [row["Anlaufstelle für"] for row in csv.DictReader(StringIO(text), delimiter=";")]
    assert [bool(each) for each in told] == [True, False]


def test_the_api_asks_for_designations_once_however_many_offers_a_page_has(
    client: FlaskClient,
) -> None:
    for _number in range(3):
        make_designation()
    client.get("/api/v1/offers")  # the index is there
    with count_queries() as one:
        client.get("/api/v1/offers?per_page=1")
    with count_queries() as three:
        client.get("/api/v1/offers?per_page=3")
    assert len(one) == len(three)


def test_the_public_page_says_what_somebody_is_a_contact_point_for(client: FlaskClient) -> None:
    offer = make_offer()
    pages = [f"/en/offers/{offer.uuid}", f"/en/actors/{offer.actor.uuid}"]
    mark = "Contact point: "
    assert not [page for page in pages if mark in client.get(page).text]
    make_designation(offer)
    make_designation(offer.actor, service_type="jmd", valid_from=str(TODAY))
    make_designation(offer.actor, service_type="fib", valid_from=str(TODAY + timedelta(days=1)))
    said = [re.findall(f"{mark}<span[^>]*>([^<]*)", client.get(page).text) for page in pages]
    assert [len(each) for each in said] == [1, 1]
    assert said[0] != said[1]
