"""Reading the template of a region."""

from sqlalchemy import select
from sqlalchemy.orm import undefer

from registry.conferences.letters.models import LetterTemplate
from registry.core.db import db


def load_template(region: str, *, whole: bool = False) -> LetterTemplate | None:
    """Return the region's own template, with its content if that is asked for."""
    query = select(LetterTemplate).where(LetterTemplate.region == region)
    return db.session.scalar(query.options(undefer(LetterTemplate.content)) if whole else query)
