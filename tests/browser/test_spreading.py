"""What goes out: a frame on another site, an urgent notice, a poster, telling of a barrier."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from registry.access.policy import CONSOLE
from registry.core.db import db
from registry.regions.models import RegionSettings
from registry.urgent.models import UrgentNotice
from tests.browser.conftest import LiveServer, axe, fits
from tests.factories.spreading import make_notice

OpenPage = Callable[..., Page]


class Site(BaseHTTPRequestHandler):
    """A page of somebody else that shows the address it is asked for in a frame."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        shown = unquote(self.path.partition("?")[2])
        frame = f'<iframe src="{shown}" title="Angebote"></iframe>'
        self.wfile.write(f"<!doctype html><title>Stadt</title>{frame}".encode())

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def sites() -> Iterator[list[str]]:
    """Serve two sites of others."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Site) for _number in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield [f"http://127.0.0.1:{server.server_port}" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def allowed(live_server: LiveServer, sites: list[str]) -> Iterator[None]:
    """Let the first site show list and map."""
    with live_server.app.app_context():
        settings = db.session.get(RegionSettings, "09576") or RegionSettings(ags="09576")
        settings.embed_origins = sites[0]
        db.session.add(settings)
        db.session.commit()
    yield
    with live_server.app.app_context():
        settings = db.session.get_one(RegionSettings, "09576")
        settings.embed_origins = None
        db.session.commit()


@pytest.fixture
def notice(live_server: LiveServer) -> Iterator[str]:
    """Publish a notice for as long as the test runs; its path without the language."""
    with live_server.app.app_context():
        uuid = make_notice(CONSOLE, severity="danger").uuid
    yield f"notices/{uuid}"
    with live_server.app.app_context():
        db.session.delete(db.session.query(UrgentNotice).filter_by(uuid=uuid).one())
        db.session.commit()


def framed(browser: Browser, site: str, address: str) -> Page:
    """Open a page of another site that shows an address in a frame; neither runs a script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/?{quote(address)}")
    return page


def test_a_town_shows_the_list_and_the_map_and_nobody_else_anything(
    browser: Browser, live_server: LiveServer, sites: list[str], allowed: None
) -> None:
    town, other = sites
    page = framed(browser, town, f"{live_server.url}/embed/de/offers?field=advice")
    frame = page.frame_locator("iframe")
    expect(frame.locator("article.card").first).to_be_visible()
    with page.context.expect_page() as opened:
        frame.locator("article.card a").first.click()
    expect(opened.value.locator("main h1")).to_be_visible()
    assert opened.value.url.startswith(f"{live_server.url}/de/offers/")
    assert page.context.cookies() == []
    page.context.close()
    page = framed(browser, town, f"{live_server.url}/embed/ar/map")
    expect(page.frame_locator("iframe").locator("svg.map__drawing")).to_be_visible()
    page.context.close()
    for site, path in ((other, "/embed/de/offers"), (town, "/de/offers")):
        page = framed(browser, site, live_server.url + path)
        expect(page.frame_locator("iframe").locator("article.card")).to_have_count(0)
        page.context.close()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_notice_and_what_goes_with_it_is_for_everyone(
    open_page: OpenPage, notice: str, language: str
) -> None:
    scheme = "dark" if language == "ar" else "light"
    page = open_page(f"/{language}/offers", phone=True, color_scheme=scheme)
    expect(page.locator(".urgent .notice")).to_be_visible()
    for path in ("offers", "notices", notice, f"{notice}/sheet", "websites", "poster",
                 "accessibility", "accessibility/feedback"):  # fmt: skip
        page.goto(f"/{language}/{path}")
        axe(page)
        fits(page)
    for path in ("offers", "map"):
        page.goto(f"/embed/{language}/{path}")
        axe(page)


def test_the_office_sees_what_it_gives_to_others(open_page: OpenPage, notice: str) -> None:
    page = open_page("/de/office/embedding", user="amal")
    expect(page.frame_locator("iframe").locator("article.card").first).to_be_visible()
    for path in ("embedding", "notices", notice, "notices/new", "websites", "websites/new"):
        page.goto(f"/de/office/{path}")
        axe(page)
