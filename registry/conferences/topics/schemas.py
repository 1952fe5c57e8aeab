"""A topic and what is decided on it, as forms."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.topics.models import Source, TopicState
from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"what": _l("What")}
DECISION = {"decision": _l("Decision on the topic")}
SOURCES = [
    (Source.FINDING.value, _l("Finding of the network")),
    (Source.REPORT.value, _l("Report")),
    (Source.WISH.value, _l("Wish of a participant")),
    (Source.TASK.value, _l("Task that is not done")),
    (Source.OTHER.value, _l("Something else")),
]
STATES = [
    (TopicState.OPEN.value, _l("not decided")),
    (TopicState.ACCEPTED.value, _l("taken up")),
    (TopicState.POSTPONED.value, _l("put off to the next conference")),
    (TopicState.REJECTED.value, _l("not taken up")),
]


class TopicSchema(WrittenSchema):
    title = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(_l("Topic"), section="what"),
    )
    reason = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=2000),
        metadata=office(_l("What speaks for it"), section="what", lines=4),
    )
    source = fields.String(
        load_default=Source.OTHER.value,
        validate=one_of(SOURCES),
        metadata=office(_l("Where the topic comes from"), section="what", options=SOURCES),
    )
    said_in = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=300),
        metadata=office(
            _l("Where it stands or who said it"),
            section="what",
            help=_l("A report and its page, a body or an organisation; never a person's name."),
        ),
    )


class DecisionSchema(WrittenSchema):
    state = fields.String(
        required=True,
        validate=one_of(STATES[1:]),
        metadata=office(_l("What becomes of it"), section="decision", options=STATES[1:]),
    )
    because = fields.String(
        required=True,
        validate=validate.Length(1, 1000),
        metadata=office(_l("Reason"), section="decision", lines=3),
    )


class LoggedTopicSchema(TopicSchema):
    """What the log knows of a topic."""

    state = fields.String(metadata=office(_l("Status"), options=STATES))
    because = fields.String(metadata=office(_l("Reason of the decision")))
    decided_on = fields.Date(metadata=office(_l("Decided on")))
