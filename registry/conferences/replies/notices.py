"""Mail about answers: what was understood, and who moved up from the waiting list."""

from collections.abc import Iterable
from typing import Any

from registry.conferences import signing
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies import closing, queries
from registry.conferences.replies.models import Participant, Place
from registry.core import i18n, tokens
from registry.core.mail import outbox
from registry.core.mail.outbox import Letter

ANSWER, SEAT = "conference_answer", "conference_seat"


def confirm(invitation: Invitation, participants: Iterable[Participant], language: str) -> None:
    """Tell the address of an invitation which answer has arrived."""
    with_place = [each for each in participants if each.place != Place.NONE]
    positions = queries.waiting_positions(invitation.conference)
    facts = {
        "reply": str(invitation.reply),
        "seats": sum(each.place == Place.SEAT for each in with_place),
        "waiting": [positions[each.id] for each in with_place if each.id in positions],
    }
    _write(ANSWER, invitation, facts, language)


def tell_of_seat(participant: Participant) -> None:
    """Tell that somebody who waited has a seat, in the language of the last answer by link."""
    invitation = participant.invitation
    _write(SEAT, invitation, {}, queries.language_of(invitation, ANSWER))


def _write(kind: str, invitation: Invitation, facts: dict[str, Any], language: str) -> None:
    """Put a mail with a link into the outbox, if the invitation has an address and still holds."""
    individual = invitation.individual
    objects = individual is not None and individual.withdrawn_on is not None
    if not invitation.email or objects or invitation.withdrawn_on:
        return
    conference = invitation.conference
    said = {**facts, **_common(conference, language), "organisation": invitation.organisation}
    letter = Letter(
        kind, invitation.email, conference.region, said, about=invitation.uuid, language=language
    )
    outbox.post(letter, tokens.issue(closing.PURPOSE, invitation.uuid, closing.lasting(conference)))


def _common(conference: Conference, language: str) -> dict[str, Any]:
    last, sender = closing.last_day(conference), signing.sender(conference)
    with i18n.force_locale(language.replace("-", "_")):
        return {
            "conference": " ".join(conference.title.split()),
            "days": [i18n.long_date(each.day) for each in conference.days],
            "deadline": i18n.long_date(last) if last else "",
            "signer": {"name": sender.name, "reply_to": sender.reply_to},
        }
