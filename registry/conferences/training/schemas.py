"""A training programme and the modules of a part, as forms."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.actors.schemas import web_address
from registry.core.forms import Part, office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"what": _l("What"), "parts": _l("Parts")}
MODULE_SECTIONS = {"modules": _l("Modules")}
MAX_PARTS, MAX_MODULES = 20, 60


class PartSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    conference = fields.UUID(
        required=True,
        attribute="conference.uuid",
        metadata=office(_l("Conference"), choices="conference"),
    )
    follows = fields.Boolean(
        load_default=False,
        metadata=office(_l("Only for those who attended the part before")),
    )


class TrainingSchema(WrittenSchema):
    title = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata=office(_l("Title"), section="what"),
    )
    text = fields.String(
        allow_none=True,
        validate=validate.Length(max=4000),
        metadata=office(_l("Description"), section="what", lines=4),
    )
    parts = Part(
        PartSchema,
        many=True,
        validate=validate.Length(max=MAX_PARTS),
        metadata=office(
            _l("Parts"),
            section="parts",
            help=_l("Each part is a conference of its own: plan it first, then choose it here."),
        ),
    )


class ModuleSchema(WrittenSchema):
    id = fields.UUID(attribute="uuid", metadata=office(widget="hidden"))
    title = fields.String(
        required=True, validate=validate.Length(1, 300), metadata=office(_l("Title"))
    )
    focus = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=1000),
        metadata=office(_l("What it is about"), lines=2),
    )
    author = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(_l("Institution that made it")),
    )
    minutes = fields.Integer(
        allow_none=True,
        load_default=None,
        validate=validate.Range(1, 10_000),
        metadata=office(_l("Duration in minutes")),
    )
    material = web_address(office(_l("Material")))


class ModulesSchema(WrittenSchema):
    modules = Part(
        ModuleSchema,
        many=True,
        validate=validate.Length(max=MAX_MODULES),
        metadata=office(_l("Modules"), section="modules"),
    )
