"""What a card says, and the questions of the wall in words (D08)."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import WrittenSchema, one_of
from registry.conferences.wall.models import Question
from registry.core.forms import public

LONGEST = 2000


class Heading(NamedTuple):
    """A column: its name, the question it asks, and a symbol."""

    name: Any
    question: Any
    symbol: str


HEADINGS: dict[str, Heading] = {
    Question.CHALLENGE.value: Heading(
        _l("Challenges, needs for development"),
        _l("Where is something to be developed?"),
        "circle-alert",
    ),
    Question.PRACTICE.value: Heading(
        _l("Good practice"), _l("Which measures have proved themselves?"), "badge-check"
    ),
    Question.AIM.value: Heading(_l("Aims"), _l("What is to be achieved?"), "target"),
    Question.MEASURE.value: Heading(
        _l("Approaches, measures"),
        _l("How can integration be developed step by step?"),
        "footprints",
    ),
}
QUESTIONS = [(key, heading.name) for key, heading in HEADINGS.items()]


def text() -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Length(min=1, max=LONGEST),
        metadata=public(_l("Text of the card"), lines=4),
    )


class CardSchema(WrittenSchema):
    """A card; which finding it is about is for those who may read the network."""

    question = fields.String(
        required=True,
        validate=one_of(QUESTIONS),
        metadata=public(_l("Column"), options=QUESTIONS),
    )
    text = text()


class LinkedCardSchema(CardSchema):
    """A card for those who know what was found in the network."""

    finding = fields.UUID(
        allow_none=True,
        attribute="finding.uuid",
        metadata=public(_l("About this finding of the network"), choices="finding"),
    )
