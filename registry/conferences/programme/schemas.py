"""An item of the programme as a form."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import one_of
from registry.conferences.models import ItemFormat, ItemKind
from registry.conferences.plans.schemas import ITEMS, ItemSchema
from registry.core.forms import office
from registry.vocabulary.schemas import term_field

FORMATS = [
    (ItemFormat.TALK.value, _l("Talk")),
    (ItemFormat.FORUM.value, _l("Forum")),
    (ItemFormat.EXPERTS.value, _l("Experts discuss")),
    (ItemFormat.FISHBOWL.value, _l("Fishbowl")),
    (ItemFormat.WORLD_CAFE.value, _l("World Café")),
    (ItemFormat.GROUP.value, _l("Working group")),
    (ItemFormat.PLENARY.value, _l("Plenary")),
    (ItemFormat.PRACTICAL.value, _l("Practical session")),
    (ItemFormat.BREAK.value, _l("Break")),
]
SECTIONS = {
    "what": _l("What"),
    "when": _l("When and where"),
    "who": _l("Who and what about"),
}


class TimedItemSchema(ItemSchema):
    """An item as the programme knows it: when, where, and who speaks about what."""

    title = fields.String(
        required=True,
        validate=validate.Length(1, 300),
        metadata=office(_l("Item"), section="what"),
    )
    format = fields.String(
        allow_none=True,
        load_default=None,
        validate=one_of(FORMATS),
        metadata=office(_l("Format"), section="what", options=FORMATS),
    )
    block = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=120),
        metadata=office(
            _l("Part of the programme"), section="what", help=_l("For example: Introduction")
        ),
    )
    kind = fields.String(
        load_default=ItemKind.OTHER.value,
        validate=one_of(ITEMS),
        metadata=office(_l("Kind"), section="what", options=ITEMS),
    )
    day = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="day.uuid",
        metadata=office(_l("Day"), section="when", choices="day"),
    )
    starts = fields.Time(
        allow_none=True,
        load_default=None,
        format="%H:%M",
        metadata=office(
            _l("Fixed beginning"),
            section="when",
            help=_l("Empty: it begins when the item before it ends."),
        ),
    )
    minutes = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, 1440),
        metadata=office(_l("Duration in minutes"), section="when"),
    )
    parallel = fields.Boolean(
        metadata=office(_l("Begins together with the item before it"), section="when")
    )
    room = fields.UUID(
        allow_none=True,
        load_default=None,
        attribute="room.uuid",
        metadata=office(_l("Room"), section="when", choices="room"),
    )
    speaker = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(
            _l("Who speaks: the function"),
            section="who",
            help=_l("For example: Office of integration"),
        ),
    )
    institution = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(_l("Of which institution"), section="who"),
    )
    description = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=2000),
        metadata=office(_l("What it is about"), section="who", lines=5),
    )
    basis = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=300),
        metadata=office(
            _l("What it rests on"),
            section="who",
            help=_l("A report and its page, for example: report on integration 2021, page 14."),
        ),
    )
    field = term_field(
        "field",
        office(
            _l("Figures of a field of action"),
            section="who",
            help=_l("What is needed there, and whether it is offered, is linked in the programme."),
        ),
        allow_none=True,
        load_default=None,
    )
