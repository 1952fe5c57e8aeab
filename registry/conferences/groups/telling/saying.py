"""What a mail, and the page behind its link, say of somebody's places, in a language."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from registry.conferences import signing
from registry.conferences.groups.telling.places import Place
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference
from registry.conferences.replies.models import Participant
from registry.core import i18n
from registry.core.mail.outbox import Letter

PLACES = "conference_places"  # the kind of mail


def worded(place: Place) -> dict[str, str]:
    """Return a place in words: when, what, where."""
    return {"when": _when(place), "what": _what(place), "where": place.room}


def _when(place: Place) -> str:
    if place.day is None:
        return ""
    day = i18n.long_date(place.day)
    if place.starts is None:
        return day
    if place.ends is None:
        return _("%(day)s, from %(from_)s", day=day, from_=i18n.clock(place.starts))
    hours = {"from_": i18n.clock(place.starts), "to": i18n.clock(place.ends)}
    return _("%(day)s, %(from_)s to %(to)s", day=day, **hours)


def _what(place: Place) -> str:
    if place.table is None:
        facts = {"letter": place.letter, "title": place.title}
        led = _("Group %(letter)s: %(title)s (you moderate it)", **facts)
        return led if place.role else _("Group %(letter)s: %(title)s", **facts)
    facts = {"number": str(place.table), "title": place.title}
    if place.role:
        return _("World Café, table %(number)s: %(title)s (you host it)", **facts)
    return _("World Café, first round at table %(number)s: %(title)s", **facts)


def facts(
    conference: Conference,
    row: Invitation,
    people: Sequence[Participant],
    now: Mapping[int, Sequence[Place]],
    language: str,
) -> dict[str, Any]:
    """Return what the mail to one invitation says of everybody who comes for it."""
    sender = signing.sender(conference)
    with i18n.force_locale(language.replace("-", "_")):
        return {
            "conference": " ".join(conference.title.split()),
            "days": [i18n.long_date(each.day) for each in conference.days],
            "organisation": row.organisation,
            "people": [
                {
                    "name": str(each) or each.function or "",
                    "places": [worded(place) for place in now.get(each.id, ())],
                }
                for each in people
            ],
            "signer": {"name": sender.name, "reply_to": sender.reply_to},
        }


def letter(row: Invitation, region: str, said: dict[str, Any], language: str) -> Letter:
    return Letter(PLACES, row.email or "", region, said, about=row.uuid, language=language)


def shown(
    people: Sequence[Participant], now: Mapping[int, Sequence[Place]]
) -> list[tuple[str, list[dict[str, str]]]]:
    """Return what the page behind a link says: each with their places, who has none left out."""
    return [
        (str(each) or each.function or "", [worded(place) for place in now[each.id]])
        for each in people
        if now.get(each.id)
    ]
