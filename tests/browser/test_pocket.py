"""What a phone keeps: watch lists, pages without network; and what it never keeps or sends."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LiveServer, Visits, axe, fits, serving

AWAY = ("ERR_CONNECTION_REFUSED", "ERR_FAILED", "Failed to fetch")
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const body = await (await cache.match(request, { ignoreVary: true }))?.text();
      found.push(new URL(request.url).pathname + new URL(request.url).search + " " + body);
    }
  }
  return found;
}"""
HOLDS = "path => caches.match(path, { ignoreVary: true }).then(Boolean)"
TEXT = "path => caches.match(path, { ignoreVary: true }).then((found) => found.text())"
STALE = """async (path) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    if (await cache.match(path, { ignoreVary: true })) await cache.put(path, new Response("old"));
  }
}"""
ALL_NEWER = """async () => {
  const names = await caches.keys();
  return names.length > 0 && names.every((name) => name.endsWith("-newer"));
}"""
NOTHING_KEPT = """async () => (await caches.keys()).length === 0
  && (await navigator.serviceWorker.getRegistrations()).length === 0"""
EXACTLY = {"latitude": 49.247621, "longitude": 11.091113}


class Phone:
    """A phone before a server of its own, which notes what it is asked and can be stopped."""

    def __init__(self, visits: Visits, stack: ExitStack, asked: list[str]) -> None:
        self.visits, self.stack, self.asked = visits, stack, asked
        self.worker = b""  # sent instead of the server's own

    def open(self, path: str, **options: Any) -> Page:
        return self.visits.open(path, phone=True, expected=AWAY, **options)

    def stop_server(self) -> None:
        self.stack.close()

    def new_version(self) -> None:
        """Give the worker a version that no phone knows yet."""
        client = self.visits.server.app.test_client()
        first, _line, script = client.get("/sw.js").text.partition("\n")
        assert first.startswith("const VERSION")
        self.worker = f'const VERSION = "newer";\n{script}'.encode()


@pytest.fixture
def phone(
    browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Phone]:
    app, asked = live_server.app, []
    behind = app.wsgi_app

    def noting(environ: Any, start: Any) -> Any:
        asked.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        if environ["PATH_INFO"] == "/sw.js" and held.worker:
            start("200 OK", [("Content-Type", "text/javascript")])
            return [held.worker]
        return behind(environ, start)

    monkeypatch.setattr(app, "wsgi_app", noting)
    with ExitStack() as stack:
        url = stack.enter_context(serving(app))
        visits = Visits(browser, LiveServer(app, url, live_server._cast))
        held = Phone(visits, stack, asked)
        yield held
    visits.end()


def wait(page: Page, wanted: str, arg: str = "") -> None:
    """Wait until what a script promises is true; `wait_for_function` takes the promise for it."""
    for _try in range(150):
        if page.evaluate(wanted, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(wanted, arg)


def star(page: Page, number: int) -> str:
    """Put a hit of the list on the watch list and return its id."""
    button = page.locator("[data-star]").nth(number)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    return button.get_attribute("data-star") or ""


def test_what_was_seen_and_starred_works_with_the_server_stopped(phone: Phone) -> None:
    page = phone.open("/de/offers", user="amal", geolocation=EXACTLY, permissions=["geolocation"])
    starred = star(page, 0)
    seen = page.locator("[data-star]").nth(1).get_attribute("data-star")
    unseen = page.locator("[data-star]").nth(2).get_attribute("data-star")
    expect(page.locator("[data-kept-here]")).to_be_visible()
    page.get_by_role("button", name="Standort verwenden").click()
    page.wait_for_url("**near=49.25*")
    page.goto("/de/office")
    page.goto(f"/de/offers/{seen}")
    wait(page, HOLDS, f"/de/offers/{seen}")
    page.goto("/de/map")
    expect(page.locator("[data-drawn]")).to_be_attached()
    wait(page, HOLDS, "/de/map")
    wait(page, HOLDS, f"/de/offers/{starred}/card")
    page.get_by_role("button", name="Abmelden").click()
    page.goto("/de/saved")
    for kept in page.evaluate(KEPT):
        assert not re.search("/office|near", kept.split(" ")[0])
        assert "49.247621" not in kept
        assert "amal@example.org" not in kept
        assert "Bearbeiten" not in kept

    phone.stop_server()
    for path in (f"/de/offers/{seen}", f"/de/offers/{starred}"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[data-no-network]")).to_contain_text("Diese Seite ist vom")
    page.goto(f"/de/offers/{unseen}")
    expect(page.locator("[data-no-network]")).to_contain_text("nicht auf diesem Gerät")
    expect(page.locator("[data-pocket-card]")).to_have_count(1)
    page.goto("/de/map")
    expect(page.locator("[data-drawn]")).to_be_attached()
    page.goto("/de/saved")
    axe(page)
    page.get_by_role("button", name="Alles auf diesem Gerät löschen").click()
    expect(page.locator("[data-told]")).to_contain_text("nichts mehr")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("Object.keys(localStorage)") == []
    assert "49.2476" not in " ".join(phone.asked)


def test_a_list_is_handed_over_in_the_fragment_and_opens_in_another_language(
    phone: Phone,
) -> None:
    adviser = phone.open("/de/offers")
    ids = [star(adviser, 0), star(adviser, 1)]
    adviser.goto("/de/saved")
    expect(adviser.locator("[data-pocket-card]")).to_have_count(2)
    adviser.get_by_label("Sie öffnet sich in dieser Sprache").select_option("ar")
    adviser.get_by_role("button", name="QR-Code anzeigen").click()
    expect(adviser.get_by_role("img", name="QR-Code dieser Liste")).to_be_visible()
    address = adviser.locator("[data-open]").get_attribute("href") or ""
    assert address in unquote(adviser.locator("[data-mail]").get_attribute("href") or "")
    adviser.context.close()  # what it still asks for is not what the client asks for
    phone.asked.clear()

    client = phone.open(address)
    expect(client.locator("[data-pocket-card]")).to_have_count(2)
    assert client.evaluate("document.documentElement.dir") == "rtl"
    fits(client)
    axe(client)
    assert client.evaluate("Object.keys(localStorage)") == []
    named = {path for path in phone.asked if any(each in path for each in ids)}
    assert named == {f"/ar/offers/{each}/card?" for each in ids}
    assert address.split("#")[1] not in " ".join(phone.asked)

    phone.asked.clear()
    client.goto(address[:-6] + "AAAAAA")
    expect(client.locator("[data-tampered]")).to_be_visible()
    expect(client.locator("[data-pocket-card]")).to_have_count(0)
    assert not [path for path in phone.asked if "/card" in path]


def test_a_new_worker_empties_the_old_caches_and_the_last_one_goes_with_everything(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = phone.open("/de/offers")
    card = f"/de/offers/{star(page, 0)}/card"
    wait(page, HOLDS, card)
    page.evaluate(STALE, card)
    phone.new_version()
    page.reload()
    wait(page, ALL_NEWER)
    assert "data-pocket-card" in page.evaluate(TEXT, card)

    phone.worker = b""
    monkeypatch.setitem(phone.visits.server.app.config, "OFFLINE", False)
    phone.visits.server.app.extensions["answers"].clear()
    page.goto("/de/saved")
    wait(page, NOTHING_KEPT)
    expect(page.locator("[data-pocket-card]")).to_have_count(1)
    expect(page.locator("[data-offline]")).to_have_count(0)
    phone.visits.server.app.extensions["answers"].clear()
