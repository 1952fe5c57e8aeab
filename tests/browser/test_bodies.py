"""Bodies in a browser: for everyone on a phone, and in the office."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from registry.actors.models import Actor, Status
from registry.core.db import db
from registry.network.bodies.models import Body
from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.bodies import make_body

OpenPage = Callable[..., Page]


@pytest.fixture
def bodies(live_server: LiveServer) -> Iterator[list[str]]:
    """Enter a body and a named network for as long as the test runs; their public ids."""
    with live_server.app.app_context():
        members = db.session.query(Actor).filter_by(region="09576", status=Status.PUBLISHED)
        actors = members.order_by(Actor.id).limit(6).all()
        about = {"purpose": {"de": "Stimmt Kurse ab."}, "joining": {"de": "Sitzungen sind offen."}}
        made = [
            make_body(*actors[:5], rhythm="vierteljährlich", term_to="2020-01-01", **about),
            make_body(*actors[1:], name="Netzwerkverbund", form="network"),
        ]
        uuids = [str(each.uuid) for each in made]
    yield uuids
    with live_server.app.app_context():
        for row in db.session.query(Body):
            db.session.delete(row)
        db.session.commit()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_directory_is_for_everyone(
    open_page: OpenPage, bodies: list[str], language: str
) -> None:
    scheme = "dark" if language == "ar" else "light"
    page = open_page(f"/{language}/bodies", phone=True, color_scheme=scheme)
    for path in ("", *(f"/{uuid}" for uuid in bodies)):
        page.goto(f"/{language}/bodies{path}")
        axe(page)
        fits(page)


def test_the_office_keeps_and_compares_bodies(open_page: OpenPage, bodies: list[str]) -> None:
    page = open_page("/de/office/network/bodies", user="amal")
    room, [body, network] = "bodies", bodies
    for path in (room, f"{room}/overview", f"{room}/{body}", f"{room}/{network}/inside",
                 "responsibilities", "responsibilities/language"):  # fmt: skip
        page.goto(f"/de/office/network/{path}")
        axe(page)
