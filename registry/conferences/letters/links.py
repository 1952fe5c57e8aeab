"""Where the codes on letters lead."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import current_app

from registry.conferences.replies.closing import PURPOSE
from registry.core import tokens


def issued(records: Sequence[UUID], lasting: timedelta) -> dict[UUID, str]:
    """Return a further address for answers for each invitation; earlier ones go on living."""
    links = tokens.issue_all(PURPOSE, records, lasting)
    return {record: tokens.address(link, "de") for record, link in links.items()}


def without_answer() -> str:
    """Return the address that stands on a draft: nobody can answer there."""
    return str(current_app.config["PUBLIC_URL"])
