"""A real server and a real browser. Every page fails its test on what must never happen.

`open_page("/de/offers")` opens a page on a desktop screen, with `phone=True` on a small one with
touch, with `user="amal"` signed in as one of the cast. A request to another host, an error on the
console, a breach of the content security policy or a dialog fails the test at its end.
"""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from waitress import create_server
from waitress.wasyncore import close_all

from registry.accounts.models import User
from registry.accounts.sessions import services as sessions
from registry.app import create_app
from registry.core.db import db
from tests.conftest import SETTINGS, Cast

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TELL_BREACHES = """
document.addEventListener("securitypolicyviolation",
  (event) => console.error("CSP", event.violatedDirective, event.blockedURI));
"""
SETTLED = """
Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime < Infinity)
  .map((each) => each.finished)).then(() => null)
"""
PATIENCE = 10_000
SPOKEN = {"LANGUAGES": "de,en,ar,uk"}


class LiveServer:
    """A served application: its address, and the people who can sign in."""

    def __init__(self, app: Flask, url: str, cast: dict[str, int]) -> None:
        self.app = app
        self.url = url
        self._cast = cast

    def cookie(self, name: str) -> dict[str, str]:
        """Return the cookie of a new session of one of the cast."""
        with self.app.app_context():
            user = db.session.get_one(User, self._cast[name])
            key = sessions.begin(user, "Chrome, Linux")
            db.session.commit()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session.update({"_user_id": key, "_fresh": True})
        kept = client.get_cookie("session")
        assert kept is not None
        return {"name": kept.key, "value": kept.value, "url": self.url}


@dataclass(frozen=True)
class Demo:
    """A database with the demo data and the cast, and a copy of it for each who asks."""

    file: Path
    cast: dict[str, int]

    def copy(self, folder: Path) -> str:
        """Return the address of a copy of its own."""
        mine = folder / self.file.name
        with closing(sqlite3.connect(self.file)) as whole, closing(sqlite3.connect(mine)) as copied:
            whole.backup(copied)
        return f"sqlite:///{mine}"


@pytest.fixture(scope="session")
def demo(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    file = tmp_path_factory.mktemp("demo") / "registry.sqlite3"
    shutil.copy(demo_file, file)
    app = create_app({**SETTINGS, **SPOKEN, "DATABASE_URL": f"sqlite:///{file}"})
    with app.app_context():
        cast = Cast().everybody()
        db.session.remove()
        db.engine.dispose()
    return Demo(file, cast)


@pytest.fixture(scope="session")
def live_server(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A register with the demo data, served from this process for the whole run."""
    url = demo.copy(tmp_path_factory.mktemp("live"))
    app = create_app({**SETTINGS, **SPOKEN, "DATABASE_URL": url})
    with serving(app) as address:
        yield LiveServer(app, address, demo.cast)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an application from this process and tell its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=6)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    with suppress(OSError):  # it has ended already
        server.trigger.pull_trigger(lambda: close_all(server._map))
    thread.join(5)
    server.task_dispatcher.shutdown()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: CHROMIUM_PATH, else the system's, else Playwright's own."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM_PATH") or _on_path()
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        except Error as error:
            reason = f"no Chromium could be started: {error.message.splitlines()[0]}"
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail(f"REQUIRE_BROWSER=1, but {reason}")
            pytest.skip(reason)
        yield chromium
        chromium.close()


def _on_path() -> str | None:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


class Visits:
    """The pages of one test, and what went wrong on them."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser = browser
        self.server = server
        self.wrong: list[str] = []
        self.contexts: list[BrowserContext] = []

    def open(
        self,
        path: str,
        *,
        phone: bool = False,
        user: str = "",
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Page:
        """Open a page; console errors that contain one of `expected` are not held against it.

        `options` go to the browser's context, e.g. color_scheme="dark", java_script_enabled=False.
        """
        settings = {**(PHONE if phone else DESKTOP), **options}
        context = self.browser.new_context(base_url=self.server.url, **settings)
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if user:
            context.add_cookies([self.server.cookie(user)])  # type: ignore[list-item]
        context.add_init_script(TELL_BREACHES)
        page = context.new_page()
        self._watch(page, expected)
        page.goto(path)
        return page

    def _watch(self, page: Page, expected: tuple[str, ...]) -> None:
        own = urlsplit(self.server.url).netloc

        def at_request(request: Any) -> None:
            address = urlsplit(request.url)
            if address.scheme not in {"data", "blob"} and address.netloc != own:
                self.wrong.append(f"request to another host: {request.url}")

        def at_console(message: Any) -> None:
            text = f"{message.text} {message.location.get('url', '')}"
            if message.type == "error" and not any(part in text for part in expected):
                self.wrong.append(f"console: {text}")

        def at_dialog(dialog: Any) -> None:
            if dialog.type == "beforeunload":
                dialog.accept()
                return
            self.wrong.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("request", at_request)
        page.on("console", at_console)
        page.on("dialog", at_dialog)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error.message}"))

    def end(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.wrong, "\n".join(self.wrong)


@pytest.fixture
def visits(browser: Browser, live_server: LiveServer) -> Iterator[Visits]:
    made = Visits(browser, live_server)
    yield made
    made.end()


@pytest.fixture
def open_page(visits: Visits) -> Callable[..., Page]:
    return visits.open


def axe(page: Page) -> None:
    """Fail with axe's own words if it finds anything on the page as it stands once loaded."""
    page.wait_for_load_state()
    page.evaluate(SETTLED)  # what fades in has too little contrast on its way
    found = Axe().run(page, options={"resultTypes": ["violations"]})  # the rest is not collected
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def fits(page: Page) -> None:
    """Fail if a page is wider than its screen, once everything that it looks like is there."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => null)")
    wide, screen = page.evaluate(
        "(({scrollWidth, clientWidth}) => [scrollWidth, clientWidth])(document.documentElement)"
    )
    assert wide <= screen, f"{page.url} is {wide} wide on a screen of {screen}"
