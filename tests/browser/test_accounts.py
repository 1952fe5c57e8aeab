"""An account's life: invitation, password, second factor, recovery code."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts import codes
from registry.accounts.models import User
from registry.accounts.services import create_user
from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail.models import Mail
from tests.browser.conftest import LiveServer, axe, fits
from tests.conftest import PASSWORD

OpenPage = Callable[..., Page]
PHRASE = "neun gelbe Boote im Hafen"


def link_sent_to(server: LiveServer, email: str) -> str:
    """Return the address that the newest mail to somebody will carry."""
    with server.app.app_context():
        newest = select(Mail).where(Mail.recipient == email).order_by(Mail.id.desc())
        mail = db.session.scalars(newest).first()
        assert mail is not None
        assert mail.link is not None
        parts = urlsplit(tokens.address(mail.link, "de"))
        return f"{parts.path}?{parts.query}"


def code_of(server: LiveServer, email: str, *, steps: int = 0) -> str:
    with server.app.app_context():
        user = db.session.scalars(select(User).where(User.email == email)).one()
        told = codes.secret(user.uuid, user.totp_generation)
    return codes.pyotp.TOTP(told).at(int(now().timestamp()) + steps * codes.STEP)


def invite(page: Page, email: str) -> None:
    page.get_by_role("link", name="Person einladen").first.click()
    axe(page)
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Rolle", exact=False).first.select_option(label="Bearbeitung")
    page.get_by_label("Region").select_option(label="Landkreis Roth")
    page.get_by_role("button", name="Einladung schicken").click()
    expect(page.get_by_text(f"Eine Einladung an {email} ist unterwegs.")).to_be_visible()


def sign_in(page: Page, email: str) -> None:
    page.goto("/de/sign-in")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort").fill(PHRASE)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def type_code(page: Page, code: str, button: str) -> None:
    page.get_by_label("Code", exact=False).first.fill(code)
    page.get_by_role("button", name=button, exact=True).click()


def test_invited_password_second_factor_code_recovery_code(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    email = "ida@example.net"
    office = open_page("/de/office/people", user="dana", phone=True)
    axe(office)
    invite(office, email)
    axe(office)

    page = open_page(link_sent_to(live_server, email), phone=True, expected=("422",))
    axe(page)
    page.get_by_label("Neues Passwort").fill("Passwort1234")
    page.get_by_role("button", name="Passwort setzen").click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    page.get_by_label("Neues Passwort").fill(PHRASE)
    page.get_by_role("button", name="Passwort setzen").click()
    expect(page.get_by_text("Willkommen. Ihr Konto ist bereit.")).to_be_visible()

    page.get_by_role("link", name=re.compile(email)).click()
    axe(page)
    page.get_by_role("link", name="Zweiten Faktor einrichten").click()
    expect(page.get_by_role("img", name="QR-Code")).to_be_visible()
    axe(page)
    page.get_by_label("Passwort").fill(PHRASE)
    type_code(page, code_of(live_server, email, steps=-1), "Einschalten")
    expect(page.get_by_role("heading", name="Notfallcodes")).to_be_visible()
    axe(page)
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="Ich habe die Codes aufbewahrt").click()

    page.get_by_role("button", name="Abmelden").click()
    sign_in(page, email)
    axe(page)
    type_code(page, "000000", "Weiter")
    expect(page.get_by_text("Dieser Code stimmt nicht").first).to_be_visible()
    type_code(page, code_of(live_server, email), "Weiter")
    expect(page.get_by_role("link", name=re.compile(email))).to_be_visible()

    page.get_by_role("button", name="Abmelden").click()
    sign_in(page, email)
    type_code(page, recovery, "Weiter")
    expect(page.get_by_role("link", name=re.compile(email))).to_be_visible()
    page.goto("/de/office/account/second-factor")
    expect(page.get_by_text("noch 9 Notfallcodes")).to_be_visible()
    axe(page)


def test_forgotten_password_without_scripts(open_page: OpenPage, live_server: LiveServer) -> None:
    with live_server.app.app_context():  # an account of its own: its sessions will end
        create_user(CONSOLE, "vera@example.net", PASSWORD, Role.READER, "09576")
        db.session.commit()
    page = open_page("/de/sign-in", java_script_enabled=False)
    page.get_by_role("link", name="Passwort vergessen?").click()
    page.get_by_label("E-Mail").fill("vera@example.net")
    page.get_by_role("button", name="Link schicken").click()
    expect(page.get_by_text("Wenn es ein Konto mit dieser Adresse gibt")).to_be_visible()
    path = link_sent_to(live_server, "vera@example.net")
    page.goto(path)
    page.get_by_label("Neues Passwort").fill(PHRASE)
    page.get_by_role("button", name="Passwort setzen").click()
    expect(page.get_by_text("Das neue Passwort ist gesetzt.")).to_be_visible()
    used = open_page(path, expected=("404",))
    expect(used.get_by_role("heading", name="Dieser Link führt nirgendwohin")).to_be_visible()
    axe(used)


@pytest.mark.parametrize(
    "path",
    [
        "/de/office/roles",
        "/ar/office/people",
        "/ar/office/account",
        "/de/office/account/password",
        "/de/office/account/address",
        "/ar/sign-in/second-factor",
    ],
)
def test_axe_finds_nothing_about_accounts(open_page: OpenPage, path: str) -> None:
    page = open_page(path, user="dana")
    fits(page)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    fits(page)
