"""The office prints minutes for those whom no mail reaches; same blueprint as their writing."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response, send_file
from flask_babel import gettext as _

from registry.access.current import who
from registry.conferences.minutes import queries
from registry.conferences.minutes.pages import ONE, pages, shown
from registry.conferences.minutes.posting import services
from registry.core import i18n
from registry.core.documents import making
from registry.core.editing import attempt
from registry.core.web import settle, writes


@pages.post(f"{ONE}/letters.pdf")
@writes
def letters(lang: str, uuid: UUID) -> Any:
    """Hand out one PDF: for everybody a letter, and the minutes behind it."""
    outcome = attempt(lambda: _made(uuid))
    if not outcome.saved:
        return shown(queries.load_minutes(who(), uuid), outcome), outcome.status
    answer: Response = send_file(
        BytesIO(outcome.saved),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=_("Minutes by letter") + ".pdf",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _made(uuid: UUID) -> bytes:
    at = i18n.local_now()
    post = services.ready(who(), uuid, at.date())
    settle()
    made = making.pdf("minutes_letters", post.document, at)
    services.posted(who(), uuid, post, at.date())
    return made
