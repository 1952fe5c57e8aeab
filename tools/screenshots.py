"""Take the pictures of the README from the running demo: `.venv/bin/python tools/screenshots.py`.

Starts a demo register of its own on a free port, so that the pictures show today's program.
"""

import os
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from waitress import create_server

from registry.app import create_app
from registry.server import DEMO_ADMINISTRATOR, prepare_demo

TARGET = Path(__file__).parents[1] / "docs"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
PICTURES = [  # file, path, size, colour scheme
    ("overview", "/de/offers", DESKTOP, "light"),
    ("overview-phone", "/de/offers?q=deutschkurs", PHONE, "light"),
    ("offer", "/de/offers?q=integrationskurs&sort=start", DESKTOP, "light"),
    ("map", "/de/map?q=beratung", DESKTOP, "light"),
    ("map-dark", "/en/map?language=ar", DESKTOP, "dark"),
    ("participants", "/de/participants", DESKTOP, "light"),
    ("conference", "/de/office/conferences", DESKTOP, "light"),
    ("wall", "/de/office/conferences", DESKTOP, "light"),
]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3"})
        with app.app_context():
            password = prepare_demo()
        server = create_server(app, host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        TARGET.mkdir(exist_ok=True)
        path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            for picture in PICTURES:
                base = f"http://127.0.0.1:{server.effective_port}"
                take(browser, base, password or "", *picture)
            browser.close()


def take(  # noqa: PLR0913 (a picture, and where it is taken)
    browser: Browser,
    base: str,
    password: str,
    name: str,
    path: str,
    size: dict[str, int],
    scheme: str,
) -> None:
    page = browser.new_page(viewport=size, color_scheme=scheme, base_url=base)  # type: ignore[arg-type]
    page.goto(path)
    if "/office/" in path:
        page.locator("[name=email]").fill(DEMO_ADMINISTRATOR)
        page.locator("[name=password]").fill(password)
        page.locator("main button[type=submit]").click()
    if name == "offer":
        page.locator("[data-offer] a").first.click()
    if name == "conference":
        page.get_by_role("link", name="2. Integrationskonferenz (Beispiel)").click()
        page.locator(".path__step", has_text="Einladen").click()
        page.get_by_role("link", name="Vorschau mit Gründen").click()
        page.locator("form.toolbar").evaluate("form => form.scrollIntoView()")
    if name == "wall":
        page.get_by_role("link", name="1. Integrationskonferenz (Beispiel)").click()
        page.locator(".path__step", has_text="Tag").click()
        page.get_by_role("link", name="Stellwand", exact=True).click()
        page.get_by_role("link", name="Zur Stellwand").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / f"{name}.png")
    page.close()
    print(TARGET / f"{name}.png")


if __name__ == "__main__":
    main()
