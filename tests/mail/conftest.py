"""A real mail server, and an outbox to send from."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from registry.config import MailSettings
from registry.core.db import db
from registry.core.mail.models import Mail
from registry.core.mail.outbox import Letter, post
from registry.core.tokens import Link

ANSWERS = {
    "nobody": "550 5.1.1 Mailbox unavailable",
    "policy": "550 5.7.1 We do not like you",
    "busy": "451 4.3.0 Try again later",
}
TEMPLATE = """Note to {{ name }}

{{ _("Privacy") }}: {{ text }}
{{ link }}
{{ sender }} / {{ register }}
"""


class Postman:
    """A mail server on this machine: what it took, and who it took it for.

    It refuses whoever `ANSWERS` names before the @; `handed_over` runs after each message.
    """

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []
        self.handed_over: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        refused = ANSWERS.get(address.partition("@")[0])
        if refused is None:
            envelope.rcpt_tos.append(address)
        return refused or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.mail_from, message))  # type: ignore[arg-type]
        self.handed_over()
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        return sorted(message["To"] for _sender, message in self.taken)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served_by(port: int, **others: Any) -> MailSettings:
    given: dict[str, Any] = {"host": "127.0.0.1", "port": port, "user": "", "password": ""}
    given |= {"security": "none", "sender": "register@example.org", "bounces": ""}
    return MailSettings(**{**given, **others})


def use(app: Flask, mail: MailSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["settings"], mail=mail)
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.fixture
def postman() -> Iterator[Postman]:
    """The running server; `served_by(postman.port)` are the settings for it."""
    handler = Postman()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port  # type: ignore[attr-defined]
    yield handler
    controller.stop()


def know_templates(app: Flask, monkeypatch: pytest.MonkeyPatch, **texts: str) -> None:
    """Add templates of mails: "note", and whatever else a test needs."""
    named = {f"emails/{kind}.txt": text for kind, text in {"note": TEMPLATE, **texts}.items()}
    loader = ChoiceLoader([DictLoader(named), app.jinja_env.loader])  # type: ignore[list-item]
    monkeypatch.setattr(app.jinja_env, "loader", loader)


@pytest.fixture
def post_office(
    app: Flask, database: None, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> Postman:
    """The mail server, and the register set to use it."""
    use(app, served_by(postman.port), monkeypatch)  # type: ignore[attr-defined]
    know_templates(app, monkeypatch)
    return postman


def write(to: str = "amt@example.org", link: Link | None = None, **others: Any) -> Mail:
    """Post a note, committed."""
    facts = {"name": "Amt", "text": "Ä", **others.pop("facts", {})}
    mail = post(Letter("note", to, others.pop("region", "09576"), facts, **others), link)
    db.session.commit()
    return mail


def fresh(mail: Mail) -> Mail:
    """Return the mail as the database has it now."""
    db.session.expire_all()
    return mail
