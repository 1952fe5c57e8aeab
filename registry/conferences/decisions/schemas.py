"""Decisions and tasks, as forms."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.decisions.models import Commitment, Result
from registry.conferences.decisions.wording import (
    COMMITMENTS,
    ENDINGS,
    KINDS,
    LIGHTS,
    RESULTS,
    TOLD,
    WAYS,
)
from registry.conferences.invitations.models import Via
from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

VOTES = validate.Range(0, 10_000)
MOST = 40  # organisations or municipalities of a task
TASK = {
    "what": _l("What"),
    "who": _l("Who and until when"),
    "promise": _l("Promise"),
    "from": _l("Where it comes from"),
}


def _text(label: object, section: str, most: int, **hints: object) -> fields.String:
    return fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=most),
        metadata=office(label, section=section, **hints),
    )


class DecisionSchema(WrittenSchema):
    text = fields.String(
        required=True,
        validate=validate.Length(1, 4000),
        metadata=office(_l("What was decided"), lines=4),
    )
    result = fields.String(
        load_default=Result.AGREED.value,
        validate=one_of(list(RESULTS.items())),
        metadata=office(_l("Result"), options=list(RESULTS.items())),
    )
    votes_for = fields.Integer(
        allow_none=True, load_default=None, validate=VOTES, metadata=office(_l("Votes for it"))
    )
    votes_against = fields.Integer(
        allow_none=True, load_default=None, validate=VOTES, metadata=office(_l("Votes against it"))
    )
    votes_withheld = fields.Integer(
        allow_none=True, load_default=None, validate=VOTES, metadata=office(_l("Votes withheld"))
    )
    item = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="item.uuid",
        metadata=office(_l("Item of the agenda"), choices="item"),
    )
    group = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="group.uuid",
        metadata=office(_l("Working group"), choices="group"),
    )


class TaskSchema(WrittenSchema):
    title = fields.String(
        required=True,
        validate=validate.Length(1, 300),
        metadata=office(_l("Task"), section="what", lines=2),
    )
    aim = _text(_l("What it is for"), "what", 2000, lines=3)
    kind = fields.String(
        allow_none=True,
        load_default=None,
        validate=one_of(list(KINDS.items())),
        metadata=office(_l("Kind"), section="what", options=list(KINDS.items())),
    )
    actor = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="actor.uuid",
        metadata=office(_l("Responsible organisation"), section="who", choices="holder"),
    )
    due = fields.Date(
        allow_none=True, load_default=None, metadata=office(_l("Until when"), section="who")
    )
    measure = _text(
        _l("Measure of success"),
        "who",
        500,
        help=_l("By what everybody sees that it worked."),
    )
    baseline = _text(_l("Where it stands now"), "who", 200)
    target = _text(_l("Where it should stand then"), "who", 200)
    funding = _text(_l("Costs and who pays"), "who", 500)
    partners = fields.List(
        fields.UUID(),
        attribute="partner_ids",
        load_default=list,
        validate=validate.Length(max=MOST),
        metadata=office(_l("Takes part"), section="who", choices="holder"),
    )
    municipalities = fields.List(
        fields.String(),
        attribute="municipality_ids",
        load_default=list,
        validate=validate.Length(max=MOST),
        metadata=office(
            _l("Municipalities it is about"),
            section="who",
            choices="municipality",
            help=_l("None: the whole district."),
        ),
    )
    commitment = fields.String(
        load_default=Commitment.OPEN.value,
        validate=one_of(list(COMMITMENTS.items())),
        metadata=office(
            _l("Promise of the responsible organisation"),
            section="promise",
            options=list(COMMITMENTS.items()),
            help=_l("It can be asked for by e-mail; the organisation then answers itself."),
        ),
    )
    committed_via = fields.String(
        allow_none=True,
        load_default=None,
        validate=one_of(list(WAYS.items())),
        metadata=office(_l("How it was given"), section="promise", choices="told"),
    )
    committed_by = _text(_l("Given by"), "promise", 200, help=_l("A function, never a name."))
    decision = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="decision.uuid",
        metadata=office(_l("Decision"), section="from", choices="decision"),
    )
    group = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="group.uuid",
        metadata=office(_l("Working group"), section="from", choices="group"),
    )
    card = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="card.uuid",
        metadata=office(_l("Card of the wall"), section="from", choices="card"),
    )


class ReportSchema(WrittenSchema):
    """How far a task is, as somebody told the office."""

    light = fields.String(
        required=True,
        validate=one_of(list(LIGHTS.items())),
        metadata=office(_l("How it stands"), options=list(LIGHTS.items())),
    )
    text = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=1000),
        metadata=office(_l("What has happened"), lines=3),
    )
    evidence = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=500),
        metadata=office(_l("Where one can see it"), help=_l("A page, a date, a number.")),
    )
    said_by = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(_l("Said by"), help=_l("A function, never a name.")),
    )
    via = fields.String(
        load_default=Via.PHONE.value,
        validate=one_of(list(TOLD.items())),
        metadata=office(_l("How it was told"), options=list(TOLD.items())),
    )


class EndingSchema(WrittenSchema):
    ending = fields.String(
        required=True,
        validate=one_of(list(ENDINGS.items())),
        metadata=office(_l("The task is"), options=list(ENDINGS.items())),
    )
    reason = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=500),
        metadata=office(_l("Reason"), lines=2),
    )
