"""Urgent notices: written in the office, above every page of their area, gone by the clock."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from registry.access.policy import CONSOLE
from registry.audit.models import AuditEntry
from registry.core import i18n
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.core.i18n import ZONE
from registry.offers import services as offers
from registry.urgent import queries, services
from registry.urgent.feed import ATOM
from registry.urgent.models import UrgentNotice
from tests.conftest import Cast, count_queries
from tests.factories.actors import PLACE, make_actor
from tests.factories.forms import changed, form_of
from tests.factories.offers import make_offer
from tests.factories.spreading import make_notice

DATABASES = ["postgresql"]

PAGE = "/en/office/notices"
ROTH, OTHER = "09576143", "09576121"
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=ZONE)
TITLE = "Hochwasser an der Roth"
pytestmark = pytest.mark.usefixtures("no_csrf")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that sets the time."""

    def set_time(at: datetime) -> None:
        monkeypatch.setattr(i18n, "local_now", lambda: at)

    set_time(TUESDAY)
    return set_time


def test_a_notice_comes_and_goes_by_the_clock_on_kept_pages(
    client: FlaskClient, clock: Any
) -> None:
    make_notice(starts_on="2026-11-25", ends_on="2026-11-25")
    assert TITLE not in client.get("/de/offers").text
    clock(TUESDAY + timedelta(hours=14))
    assert TITLE in client.get("/de/offers").text
    with count_queries() as seen:
        client.get("/de/offers")
    assert len(seen) == 1  # given again
    clock(TUESDAY + timedelta(hours=38))
    assert TITLE not in client.get("/de/offers").text


def test_it_speaks_the_reader_s_language_or_german_that_says_so(client: FlaskClient) -> None:
    make_notice(title={"de": TITLE, "en": "Flood on the Roth"})
    assert "Flood on the Roth" in client.get("/en/offers").text
    arabic = client.get("/ar/offers").text
    assert f'lang="de" dir="auto">{TITLE}' in arabic


def test_it_stands_on_pages_of_its_area_only(client: FlaskClient) -> None:
    make_notice(areas=[ROTH])
    for path in ("/de/offers", f"/de/offers?region={ROTH}", "/de/imprint"):
        assert TITLE in client.get(path).text, path
    for path in (f"/de/offers?region={OTHER}", "/de/no-such-page"):
        assert TITLE not in client.get(path).text, path


def test_above_an_offer_stands_what_concerns_where_it_is_and_whom_it_serves(
    client: FlaskClient,
) -> None:
    actor = make_actor(places=[PLACE, {**PLACE, "municipality": OTHER, "confidential": True}])
    here, hidden = ({"place": str(place.uuid)} for place in actor.places)
    offer = make_offer(actor, places=[here, hidden], areas=["09576137"])
    areas = {"Ort": ROTH, "Einzug": "09576137", "Kreis": "09576", "Anderswo": OTHER}
    for title, area in areas.items():
        make_notice(title={"de": f"Hinweis {title}"}, areas=[area], severity="danger")
    provider = client.get(f"/de/actors/{actor.uuid}").text
    assert [title for title in areas if f"Hinweis {title}" in provider] == ["Ort", "Kreis"]
    page = client.get(f"/de/offers/{offer.uuid}").text
    assert [title for title in areas if f"Hinweis {title}" in page] == ["Ort", "Einzug", "Kreis"]
    offers.update_offer(CONSOLE, offer.uuid, offer.version, {"areas": ["09576137", OTHER]})
    db.session.commit()
    assert "All urgent notices" in client.get(f"/en/offers/{offer.uuid}").text


def test_the_feed_holds_what_holds_now_in_one_language(client: FlaskClient) -> None:
    notice = make_notice(title={"de": TITLE, "en": "Flood\x01 <now> & here"}, areas=[ROTH])
    make_notice(published=False, title={"de": "Entwurf"})
    answer = client.get(f"/en/notices.atom?region={ROTH}")
    assert answer.mimetype == "application/atom+xml"
    root = ET.fromstring(answer.data)  # noqa: S314 (our own feed)
    titles = [each.text for each in root.findall(f"{{{ATOM}}}entry/{{{ATOM}}}title")]
    assert titles == ["Flood <now> & here"]
    assert root.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}id") == f"urn:uuid:{notice.uuid}"
    elsewhere = ET.fromstring(client.get(f"/en/notices.atom?region={OTHER}").data)  # noqa: S314
    assert not elsewhere.findall(f"{{{ATOM}}}entry")


def test_its_page_and_its_sheet_are_there_as_long_as_it_holds(client: FlaskClient) -> None:
    notice, draft = make_notice(), make_notice(published=False)
    for path in ("", "/sheet"):
        assert "Bitte meiden Sie die Ufer." in client.get(f"/de/notices/{notice.uuid}{path}").text
        assert client.get(f"/de/notices/{draft.uuid}{path}").status_code == 404
    assert "data:image/svg+xml" in client.get(f"/de/notices/{notice.uuid}/sheet").text
    assert TITLE in client.get("/de/notices").text


def test_the_office_writes_looks_publishes_and_takes_back(
    as_user: Any, client: FlaskClient
) -> None:
    amal, today = as_user("amal"), i18n.local_now().date()
    form = changed(form_of(amal.get(f"{PAGE}/new").text), title__de=TITLE, title__ar="فيضان")
    form["ends_on"] = today.isoformat()
    preview = amal.post(f"{PAGE}/new", data={**form.to_dict(), "then": "preview"})
    assert preview.status_code == 200
    assert "فيضان" in preview.text
    assert db.session.query(UrgentNotice).count() == 0
    address = amal.post(f"{PAGE}/new", data=form).headers["Location"]
    assert TITLE not in client.get("/de/offers").text
    [row] = db.session.query(UrgentNotice).all()
    amal.post(f"{address}/publish", data={"version": row.version})
    assert TITLE in client.get("/de/offers").text
    db.session.refresh(row)
    assert TITLE in amal.get(PAGE).text
    amal.post(f"{address}/withdraw", data={"version": row.version})
    assert TITLE not in client.get("/de/offers").text
    actions = [each.action for each in db.session.query(AuditEntry).filter(
        AuditEntry.subject_id == row.uuid).order_by(AuditEntry.id)]  # fmt: skip
    assert actions == ["urgent_notice.created", "urgent_notice.published", "urgent_notice.draft"]


def test_without_a_last_day_or_an_area_nothing_is_saved_or_lost(as_user: Any) -> None:
    amal = as_user("amal")
    form = changed(form_of(amal.get(f"{PAGE}/new").text), title__de=TITLE)
    form["ends_on"] = ""
    form.setlist("areas", [])
    refused = amal.post(f"{PAGE}/new", data=form)
    assert refused.status_code == 422
    assert TITLE in refused.text
    assert db.session.query(UrgentNotice).count() == 0


def test_it_ends_after_it_starts_and_what_is_over_is_not_published(cast: Cast) -> None:
    notice = make_notice(published=False)
    tomorrow = notice.ends_on + timedelta(days=1)
    with pytest.raises(Invalid):
        services.change(cast.who("amal"), notice.uuid, 1, {"starts_on": tomorrow})
    db.session.rollback()
    with pytest.raises(Invalid):
        services.publish(cast.who("amal"), notice.uuid, 1, tomorrow)


@pytest.mark.parametrize("ags", ["09573", "09573111", "09576999"])
def test_its_areas_lie_in_the_register(cast: Cast, ags: str) -> None:
    with pytest.raises(Invalid):
        make_notice(cast.who("amal"), areas=[ags])


def test_a_stale_change_is_refused(cast: Cast) -> None:
    notice = make_notice()
    with pytest.raises(Conflict):
        services.withdraw(cast.who("amal"), notice.uuid, 1)


def test_only_the_register_s_own_editors_may(cast: Cast, as_user: Any) -> None:
    notice = make_notice(published=False)
    with pytest.raises(NotAllowed):
        services.publish(cast.who("carla"), notice.uuid, 1, notice.ends_on)
    with pytest.raises(NotFound):
        services.publish(cast.who("boris"), notice.uuid, 1, notice.ends_on)
    boris = as_user("boris")
    for path in ("", "/publish", "/withdraw"):
        answer = boris.post(f"{PAGE}/{notice.uuid}{path}", data={"version": 1})
        assert answer.status_code == 404
    assert TITLE not in boris.get(PAGE).text


def test_the_most_urgent_stands_first(database: None) -> None:
    for severity in ("info", "danger", "warning"):
        make_notice(severity=severity)
    found = queries.valid(i18n.local_now().date())
    assert [each.severity for each in found] == ["danger", "warning", "info"]
