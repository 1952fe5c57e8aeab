"""Handing messages over: to the mail server, or as files where there is none."""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from pathlib import Path

from flask import current_app

from registry.config import MailSettings, Settings
from registry.core.mail.rendering import one_line

FOLDER = Path("var/mail")
TIMEOUT = 30  # seconds
POLICY = "5.7."  # what such a refusal is about is not the address
Deliver = Callable[[str, EmailMessage], None]  # envelope sender, message


class Unreachable(OSError):
    """The mail server cannot be talked to at all; the message is one line."""


class Undelivered(Exception):
    """A message was not taken. `permanent`: trying again is useless; `nobody`: no such address."""

    def __init__(self, reason: str, *, permanent: bool = False, nobody: bool = False) -> None:
        super().__init__(one_line(reason))
        self.permanent = permanent
        self.nobody = nobody


def connection() -> AbstractContextManager[Deliver]:
    """Return what delivers with these settings; entering it may raise Unreachable."""
    settings: Settings = current_app.extensions["settings"]
    settings.refuse_unsendable_mail()
    return _smtp(settings.mail) if settings.mail.host else _files(FOLDER)


@contextmanager
def _files(folder: Path) -> Iterator[Deliver]:
    folder.mkdir(parents=True, exist_ok=True)

    def write(_sender: str, message: EmailMessage) -> None:
        name = message["Message-ID"].partition("@")[0].strip("<")
        private = os.open(folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(private, "wb") as file:
            file.write(message.as_bytes())

    yield write


@contextmanager
def _smtp(given: MailSettings) -> Iterator[Deliver]:
    try:
        server = _connected(given)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(
            f"mail server {given.host}:{given.port}: {one_line(str(error))}"
        ) from None
    try:
        yield lambda sender, message: _hand_over(server, sender, message)
    finally:
        _leave(server)


def _connected(given: MailSettings) -> smtplib.SMTP:
    """Return a server that has greeted us; certificates are checked."""
    trusted = ssl.create_default_context()
    if given.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            given.host, given.port, timeout=TIMEOUT, context=trusted
        )
    else:
        server = smtplib.SMTP(given.host, given.port, timeout=TIMEOUT)
    try:
        if given.security == "starttls":
            server.starttls(context=trusted)
        if given.user:
            server.login(given.user, given.password)
    except BaseException:
        server.close()
        raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _hand_over(server: smtplib.SMTP, sender: str, message: EmailMessage) -> None:
    to = message["To"].addresses[0].addr_spec
    try:
        server.send_message(message, from_addr=sender, to_addrs=[to])
    except smtplib.SMTPServerDisconnected as error:
        raise Unreachable(f"mail server: {one_line(str(error))}") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(*error.recipients[to], of_address=True) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from None
    except smtplib.SMTPNotSupportedError as error:
        raise Undelivered(str(error), permanent=True) from None
    except OSError as error:
        raise Unreachable(f"mail server: {one_line(str(error))}") from None


def _refused(code: int, answer: bytes | str, *, of_address: bool = False) -> Undelivered:
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    permanent = code >= 500
    nobody = permanent and of_address and not said.startswith(POLICY)
    return Undelivered(f"{code} {said}", permanent=permanent, nobody=nobody)
