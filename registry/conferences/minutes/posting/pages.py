"""The office prints minutes for those whom no mail reaches; same blueprint as their writing."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.current import who
from registry.conferences.minutes import queries
from registry.conferences.minutes.pages import ONE, pages, shown
from registry.conferences.minutes.posting import services
from registry.core import i18n
from registry.core.documents import making
from registry.core.documents.handing import Making, answered
from registry.core.editing import attempt
from registry.core.web import settle, writes

PDF = "application/pdf"


@pages.post(f"{ONE}/letters.pdf")
@writes
def letters(lang: str, uuid: UUID) -> Any:
    """Hand out one PDF: for everybody a letter, and the minutes behind it."""
    outcome = attempt(lambda: _making(uuid))
    if not outcome.saved:
        return shown(queries.load_minutes(who(), uuid), outcome), outcome.status
    return answered(outcome.saved)


def _making(uuid: UUID) -> Making:
    asks, at = who(), i18n.local_now()
    post = services.ready(asks, uuid, at.date())
    settle()
    steps = making.counted("minutes_letters", post.document, at, "letters")

    def done() -> None:
        services.posted(asks, uuid, post, at.date())

    return Making(len(post.document["letters"]), steps, PDF, _("Minutes by letter") + ".pdf", done)
