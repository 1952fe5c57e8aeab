"""Websites of others: what the office recommends, and what everyone sees of it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from registry.core import i18n
from registry.core.db import db
from registry.core.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.resources import services
from registry.resources.models import ExternalResource
from tests.conftest import Cast
from tests.factories.forms import changed, form_of
from tests.factories.spreading import make_resource

DATABASES = ["postgresql"]

PAGE = "/en/office/websites"
pytestmark = pytest.mark.usefixtures("no_csrf")


def test_everyone_finds_it_by_language_and_topic_and_can_share_it(client: FlaskClient) -> None:
    make_resource()
    make_resource(name="Lernportal", url="https://www.vhs-lernportal.de/", languages=["de"])
    make_resource(name="Entwurf", url="https://example.org/", published=False)
    everything = client.get("/de/websites").text
    assert "Handbook Germany" in everything
    assert "data:image/svg+xml" in everything
    assert "Entwurf" not in everything
    arabic = client.get("/de/websites?language=ar").text
    assert ("Handbook Germany" in arabic, "Lernportal" in arabic) == (True, False)
    assert "Lernportal" in client.get("/de/websites?topic=advice").text


def test_the_office_recommends_notes_that_it_opened_it_and_deletes_it(as_user: Any) -> None:
    amal = as_user("amal")
    form = changed(form_of(amal.get(f"{PAGE}/new").text), name="Neu", url="https://example.org/")
    assert amal.post(f"{PAGE}/new", data=form).status_code == 302
    [row] = db.session.query(ExternalResource).all()
    address = f"{PAGE}/{row.uuid}"
    amal.post(f"{address}/opened", data={"version": row.version})
    db.session.refresh(row)
    assert row.checked_on == i18n.local_now().date()
    assert amal.post(address, data=form_of(amal.get(address).text)).status_code == 302
    db.session.refresh(row)
    amal.post(f"{address}/delete", data={"version": row.version})
    assert db.session.query(ExternalResource).count() == 0


def test_well_known_ones_come_as_drafts_that_nobody_has_opened_each_once(
    as_user: Any, client: FlaskClient
) -> None:
    make_resource()
    amal = as_user("amal")
    for _again in range(2):
        assert amal.post(f"{PAGE}/propose").status_code == 302
    rows = db.session.query(ExternalResource).all()
    assert len({row.url for row in rows}) == len(rows) > 5
    drafts = [row for row in rows if not row.published]
    assert len(drafts) == len(rows) - 1
    assert {row.checked_on for row in drafts} == {None}
    assert "mbeon" in amal.get(PAGE).text
    assert "mbeon" not in client.get("/de/websites").text


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://example.org/", "no address"])
def test_an_address_is_one_of_the_web(as_user: Any, url: str) -> None:
    amal = as_user("amal")
    form = changed(form_of(amal.get(f"{PAGE}/new").text), name="Neu", url=url)
    assert amal.post(f"{PAGE}/new", data=form).status_code == 422


def test_an_address_stands_once_and_a_stale_change_is_refused(cast: Cast) -> None:
    row = make_resource()
    with pytest.raises(Invalid):
        make_resource()
    services.change(cast.who("amal"), row.uuid, 1, {"name": "Anders"})
    with pytest.raises(Conflict):
        services.change(cast.who("amal"), row.uuid, 1, {"name": "Wieder anders"})


def test_only_the_register_s_own_editors_may(cast: Cast, as_user: Any) -> None:
    row = make_resource()
    with pytest.raises(NotAllowed):
        services.delete(cast.who("carla"), row.uuid, 1)
    with pytest.raises(NotFound):
        services.delete(cast.who("boris"), row.uuid, 1)
    boris = as_user("boris")
    assert boris.get(f"{PAGE}/{row.uuid}").status_code == 404
    for path in ("", "/opened", "/delete"):
        assert boris.post(f"{PAGE}/{row.uuid}{path}", data={"version": 1}).status_code == 404
