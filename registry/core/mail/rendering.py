"""A mail of the outbox as it leaves: its text, its headers, and the address its link opens.

A template (templates/emails/<kind>.txt) begins with the subject, then an empty line and plain
text. It gets the mail's facts, `link` (the address, made here and kept nowhere), `sender` and
`register`. What stands in a fact never becomes a header, but for `signer`: who writes instead of
the region, a name and where answers go. A notice that the reader must get with the first mail is
put below. Files are made here too, by whoever has declared them for a kind of mail.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from flask import Flask, current_app
from jinja2 import Environment

from registry.config import MailSettings
from registry.core import tokens
from registry.core.i18n import force_locale
from registry.core.mail.models import Mail

SIGNER, NOTICE, FILES = "mail_signer", "mail_notice", "mail_files"  # in app.extensions
NOWHERE = "register@localhost"  # MAIL_FROM of a machine that only writes files


@dataclass(frozen=True)
class Sender:
    """Who writes for a region; `register` is what its register is called."""

    name: str
    register: str
    reply_to: str | None = None


@dataclass(frozen=True)
class File:
    """A text file of a mail, such as a date: `subtype` and `params` of its MIME type.

    Where it is `instead`, programs that understand it show it in place of the text.
    """

    name: str
    text: str
    subtype: str
    params: Mapping[str, str] = field(default_factory=dict)
    instead: bool = False


def signed_by(app: Flask, of: Callable[[str], Sender]) -> None:
    """Declare what tells the sender of a region (AGS)."""
    app.extensions[SIGNER] = of


def noticed_by(app: Flask, of: Callable[[Mail, str], dict[str, Any] | None]) -> None:
    """Declare what tells the notice that a mail in a language must carry, None where none."""
    app.extensions[NOTICE] = of


def carries(app: Flask, kind: str, make: Callable[[Mail, datetime], Iterable[File]]) -> None:
    """Declare what makes the files of this kind of mail, each time one is written."""
    app.extensions.setdefault(FILES, {})[kind] = make


def settings() -> MailSettings:
    found: MailSettings = current_app.extensions["settings"].mail
    return found


def message_domain() -> str:
    return (settings().sender or NOWHERE).rpartition("@")[2]


def render(mail: Mail, at: datetime) -> EmailMessage:
    """Return the message; raises ValueError or a TemplateError where it cannot be written."""
    language = _offered(mail.language)
    with force_locale(language.replace("-", "_")):
        sender = signer(mail)
        link = tokens.address(mail.link, language) if mail.link else ""
        subject, body = _said(mail, sender, link, language)
        make = current_app.extensions.get(FILES, {}).get(mail.kind)
        files = list(make(mail, at)) if make else []
    message = _headed(mail, sender, at)
    message["Subject"] = one_line(subject)
    message.set_content(body, cte="quoted-printable")
    message["Content-Language"] = language  # not before: setting the content takes it away
    for file in sorted(files, key=lambda each: not each.instead):
        _put(message, file)
    return message


def shown(mail: Mail, link: str) -> tuple[str, str]:
    """Return subject and text of a mail to be looked at; `link` stands in place of the address."""
    language = _offered(mail.language)
    with force_locale(language.replace("-", "_")):
        subject, body = _said(mail, signer(mail), link, language)
    return one_line(subject), body


def _said(mail: Mail, sender: Sender, link: str, language: str) -> tuple[str, str]:
    facts = {**mail.facts, "link": link, "sender": sender.name, "register": sender.register}
    facts["notice"] = current_app.extensions[NOTICE](mail, language)
    return _texts(mail.kind, facts)


def signer(mail: Mail) -> Sender:
    """Return who writes a mail: its region, or whoever its facts name."""
    regions: Sender = current_app.extensions[SIGNER](mail.region)
    named = mail.facts.get("signer") or {}
    name, reply_to = named.get("name") or regions.name, named.get("reply_to") or regions.reply_to
    return replace(regions, name=name, reply_to=reply_to)


def _put(message: EmailMessage, file: File) -> None:
    told: dict[str, Any] = {"subtype": file.subtype, "params": file.params, "cte": "base64"}
    if file.instead:
        message.add_alternative(file.text, **told)
    else:
        message.add_attachment(file.text, filename=file.name, **told)


def printed(kind: str, region: str, language: str, notice: dict[str, Any]) -> tuple[str, str]:
    """Return subject and text of a mail without link, to be read or put on paper."""
    language = _offered(language)
    with force_locale(language.replace("-", "_")):
        sender: Sender = current_app.extensions[SIGNER](region)
        facts = {"link": "", "sender": sender.name, "register": sender.register, "notice": notice}
        subject, body = _texts(kind, facts)
    return one_line(subject), body


def notice_on_paper(region: str, language: str, notice: dict[str, Any]) -> str:
    """Return the text of a notice for a letter: its heading and its paragraphs."""
    language = _offered(language)
    with force_locale(language.replace("-", "_")):
        sender: Sender = current_app.extensions[SIGNER](region)
        facts = {"register": sender.register, "notice": notice}
        text = _plain().get_template("emails/_notice.txt").render(facts)
    return text.strip().lstrip("-").strip()


def envelope_sender(mail: Mail) -> str:
    """Return the address it returns to if nobody takes it: one for this mail alone, if possible."""
    returning = settings().bounces
    if not returning:
        return settings().sender or NOWHERE
    local, _at, host = returning.rpartition("@")
    return f"{local}+{mail.uuid.hex}@{host}"


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, fit for a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _offered(language: str) -> str:
    """Return the language a mail is written in: the one asked for, its nearest, or the default."""
    offered: tuple[str, ...] = current_app.config["LANGUAGES"]
    nearest = (each for each in (language, language.partition("-")[0]) if each in offered)
    return next(nearest, offered[0])


def _headed(mail: Mail, sender: Sender, at: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Message-ID"] = f"<{mail.uuid}@{message_domain()}>"
    message["Date"] = format_datetime(at)
    message["From"] = _address(one_line(sender.name), settings().sender or NOWHERE)
    message["To"] = _address("", mail.recipient)
    if sender.reply_to:
        message["Reply-To"] = _address("", sender.reply_to)
    message["Auto-Submitted"] = "auto-generated"
    return message


def _address(name: str, address: str) -> Address:
    return Address(name, addr_spec=address)


def _texts(kind: str, facts: dict[str, Any]) -> tuple[str, str]:
    """Return subject and body. The subject is rendered by itself, so that no fact can end it."""
    environment = _plain()
    source = environment.loader.get_source(environment, f"emails/{kind}.txt")[0]  # type: ignore[union-attr]
    subject, _break, body = source.partition("\n")
    parts = [environment.from_string(body).render(facts).strip()]
    if facts["notice"]:
        parts.append(environment.get_template("emails/_notice.txt").render(facts).strip())
    return environment.from_string(subject).render(facts), "\n\n".join(parts) + "\n"


def _plain() -> Environment:
    """Return the templates' environment for plain text: nothing is escaped."""
    return current_app.jinja_env.overlay(autoescape=False)
