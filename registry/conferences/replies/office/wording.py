"""Answers in the words of a reader."""

from typing import Any

from flask_babel import lazy_gettext as _l

from registry.conferences.invitations.models import Reply
from registry.conferences.replies.models import Place

REPLIES: dict[str, Any] = {
    Reply.YES: _l("has accepted"),
    Reply.DEPUTY: _l("deputy"),
    Reply.NO: _l("has declined"),
    Reply.OPEN: _l("not answered"),
}
PLACES: dict[str, Any] = {
    Place.SEAT: _l("has a seat"),
    Place.WAITING: _l("waiting list"),
    Place.NONE: _l("gave the seat back"),
}
