"""What a form of minutes asks for while somebody types; same blueprint as their writing."""

from typing import Any
from uuid import UUID

from flask import render_template, request

from registry.access.current import who
from registry.access.permissions import Permission
from registry.access.policy import require
from registry.conferences.minutes import queries
from registry.conferences.minutes.pages import ROOM, pages
from registry.conferences.minutes.together.queries import last_writer


@pages.get(f"{ROOM}/minutes/parts/<uuid:uuid>/now")
def now(lang: str, uuid: UUID) -> Any:
    """Say whether somebody has saved the part since the form was opened."""
    found = queries.load_part(who(), uuid)
    require(who(), Permission.CONFERENCE_MINUTES, found.minutes)
    overtaken = request.args.get("version", "") != str(found.version)
    return render_template(
        "conferences/minutes/_now.html",
        part=found,
        writer=last_writer(found) if overtaken else "",
        overtaken=overtaken,
    )
