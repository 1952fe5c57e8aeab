"""What has to be right before anything is written to those who are invited."""

from datetime import date

from flask_babel import gettext as _

from registry.conferences.mailing import texts
from registry.conferences.mailing.texts import Fault
from registry.conferences.models import Conference
from registry.conferences.replies import closing
from registry.core.errors import Invalid


def ready(found: Conference, today: date) -> None:
    """Refuse to invite to what has no date, no deadline, or a text that cannot be sent."""
    coming(found, today)
    if found.deadline is None or (closing.last_day(found) or today) < today:
        message = _("Please set a deadline that is still to come, on the page of the plan.")
        raise Invalid({"deadline": [message]})
    text(found.mail_subject or texts.USUAL_SUBJECT, found.mail_text or texts.USUAL_TEXT)


def coming(found: Conference, today: date) -> None:
    if found.cancelled_on is not None:
        raise Invalid({"days": [_("This conference is called off.")]})
    if not found.days:
        raise Invalid({"days": [_("This conference has no day yet.")]})
    if found.state(today) == "held":
        raise Invalid({"days": [_("This conference is over.")]})


def text(subject: str, body: str) -> None:
    """Refuse placeholders that nothing stands for, and a text without the link."""
    errors: dict[str, list[str]] = {}
    if fault := texts.fault_of_subject(subject):
        errors["mail_subject"] = [_fault(fault, subject)]
    if fault := texts.fault(body):
        errors["mail_text"] = [_fault(fault, body)]
    if errors:
        raise Invalid(errors)


def _fault(fault: Fault, text: str) -> str:
    if fault == Fault.UNKNOWN:
        names = ", ".join(f"{{{{ {name} }}}}" for name in texts.unknown(text))
        return _("There are no such placeholders: %(names)s", names=names)
    if fault == Fault.NO_LINK:
        return _(
            "Without {{ link }} nobody could answer. Please put it where the link shall stand."
        )
    return _("A link cannot stand in the subject.")
