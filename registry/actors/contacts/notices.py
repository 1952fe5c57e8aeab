"""Telling contacts what is kept of them (Art. 14 GDPR): with the first mail they get.

Every mail to the address of a contact that has not been told yet carries the notice; the day is
noted when the mail server has taken it. So does every letter; there it is the day of printing.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.actors.contacts import queries
from registry.actors.contacts.schemas import BASES
from registry.actors.models import Contact
from registry.core import i18n
from registry.core.db import db
from registry.core.mail import rendering, sending
from registry.core.mail.models import Mail


def notice(mail: Mail, language: str) -> dict[str, Any] | None:
    """Return what the notice in a mail says, in words; None where nobody has to be told."""
    told = queries.load_at_address(db.session(), mail.recipient)
    return _facts(told, language) if told else None


def letter(contact: Contact, language: str = "de") -> tuple[str, str]:
    """Return subject and text of what a contact is told on paper."""
    facts = {**_facts([contact], language), "on_paper": True}
    return rendering.printed(queries.NOTICE, contact.actor.region, language, facts)


def on_paper(contacts: Collection[int], language: str = "de") -> dict[int, str]:
    """Return the notice that a first letter carries, by contact (internal id): only where due."""
    found = queries.load_not_told(contacts)
    return {each.id: _printed(each, language) for each in found}


def _printed(contact: Contact, language: str) -> str:
    facts = {**_facts([contact], language), "on_paper": True}
    return rendering.notice_on_paper(contact.actor.region, language, facts)


def preview(contact: Contact, language: str = "de") -> tuple[str, str]:
    """Return subject and text of the mail that a contact would get now."""
    told = queries.load_at_address(db.session(), contact.email or "")
    facts = _facts(told, language)
    return rendering.printed(queries.NOTICE, contact.actor.region, language, facts)


def _facts(told: Sequence[Contact], language: str) -> dict[str, Any]:
    ends = [contact.delete_after for contact in told if contact.delete_after]
    return {
        "functions": list(dict.fromkeys(contact.function for contact in told)),
        "organisations": list(dict.fromkeys(contact.actor.name for contact in told)),
        "source": next((contact.source for contact in told if contact.source), None),
        "basis": dict(BASES)[told[0].legal_basis],
        "until": i18n.long_date(max(ends)) if len(ends) == len(told) else None,
        "readers": _readers(told),
        "address": f"{current_app.config['PUBLIC_URL']}/{language}/privacy",
    }


def _readers(contacts: Sequence[Contact]) -> str:
    if any(contact.publish_public for contact in contacts):
        return _("everybody who uses the register")
    if any(contact.publish_network for contact in contacts):
        return _("the offices of the network")
    return _("only the office that keeps the register")


def note(session: Session, mail: Mail, at: datetime) -> None:
    """Write down the day on which the contacts at an address were told."""
    for contact in queries.load_at_address(session, mail.recipient):
        contact.informed_on = at.astimezone(i18n.ZONE).date()


def note_printed(contacts: Collection[int], day: date) -> None:
    """Write down the day on which contacts were told by a letter that carried the notice."""
    for contact in queries.load_not_told(contacts):
        contact.informed_on = day


def init_app(app: Flask) -> None:
    rendering.noticed_by(app, notice)
    sending.when_sent(app, note)
