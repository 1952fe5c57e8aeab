"""What is asked after a conference, as forms for the office and for those who were there."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.afterwards.summary import OWN, RATED, WRITTEN
from registry.core.forms import Part, RecordSchema, office, public
from registry.texts.schemas import WrittenSchema

SECTIONS = {"ask": _l("Evaluation")}
MAX_QUESTIONS = 5
LONGEST = 2000
MARKS = [
    ("5", _l("very good")),
    ("4", _l("good")),
    ("3", _l("middling")),
    ("2", _l("rather bad")),
    ("1", _l("bad")),
]
QUESTIONS = {
    "organisation": _l("Place and organisation"),
    "content": _l("Topics"),
    "groups": _l("Work in the groups"),
    "exchange": _l("Exchange with others"),
    "use": _l("Use for your own work"),
    "good": _l("What was good?"),
    "better": _l("What should be better next time?"),
    "topics": _l("Which topics were missing?"),
}


class QuestionSchema(WrittenSchema):
    text = fields.String(
        required=True, validate=validate.Length(1, 300), metadata=office(_l("Question"))
    )


class EvaluationSchema(WrittenSchema):
    open_until = fields.Date(
        allow_none=True,
        load_default=None,
        metadata=office(_l("Answers until"), section="ask", help=_l("Empty: nobody is asked.")),
    )
    questions = Part(
        QuestionSchema,
        many=True,
        validate=validate.Length(max=MAX_QUESTIONS),
        metadata=office(
            _l("Questions of your own"),
            section="ask",
            help=_l("Besides the usual ones. Please ask for no names."),
        ),
    )


class ThanksSchema(WrittenSchema):
    text = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST),
        metadata=office(_l("What you want to say"), lines=5),
    )


def opinion_schema(own: Sequence[str]) -> RecordSchema:
    """Return the form for what somebody thought: marks, texts, and questions of one's own."""
    asked: dict[str, Any] = {}
    for name in RATED:
        asked[name] = fields.String(
            allow_none=True,
            load_default=None,
            validate=one_of(MARKS),
            metadata=public(QUESTIONS[name], options=MARKS),
        )
    texts = {name: QUESTIONS[name] for name in WRITTEN}
    texts |= {f"{OWN}{number}": text for number, text in enumerate(own)}
    for name, label in texts.items():
        asked[name] = fields.String(
            allow_none=True,
            load_default=None,
            validate=validate.Length(max=LONGEST),
            metadata=public(label, lines=3),
        )
    made: type[RecordSchema] = type("OpinionSchema", (WrittenSchema,), asked)
    return made(audience="public")
