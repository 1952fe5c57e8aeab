"""Somebody at a browser: signs in, types codes, follows links."""

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from registry.accounts import codes
from registry.accounts.models import User
from registry.core import tokens
from registry.core.db import db, now
from registry.core.mail.models import Mail
from registry.regions.models import RegionSettings
from tests.conftest import PASSWORD

PHRASE = "neun gelbe Boote im Hafen"


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/en/sign-in", data={"email": email, "password": password, **more})


def code_of(user: User, *, steps: int = 0) -> str:
    """Return what the app shows, `steps` half minutes from now."""
    moment = int(now().timestamp()) + steps * codes.STEP
    return codes.pyotp.TOTP(codes.secret(user.uuid, user.totp_generation)).at(moment)


def has_second_factor(user: User) -> User:
    """Turn a second factor on, as if it had been set up a while ago."""
    user.totp_since = now()
    db.session.commit()
    return user


def demand_second_factor(ags: str = "09576") -> None:
    db.session.add(RegionSettings(ags=ags, second_factor=True))
    db.session.commit()


def mails(kind: str) -> list[Mail]:
    return list(db.session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.id)))


def path_of(mail: Mail, lang: str = "en") -> str:
    """Return the address its link opens, without the host."""
    assert mail.link is not None
    parts = urlsplit(tokens.address(mail.link, lang))
    return f"{parts.path}?{parts.query}"


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/en/office/account").status_code == 200
