"""The texts of a documentation and what is said of a picture, as forms."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import office
from registry.texts.schemas import WrittenSchema

SECTIONS = {"texts": _l("Texts")}
LONGEST = 20_000


def _text(label: Any, lines: int, hint: Any = None) -> fields.String:
    hints = {"help": hint} if hint else {}
    return fields.String(
        allow_none=True,
        validate=validate.Length(max=LONGEST),
        metadata=office(label, section="texts", lines=lines, **hints),
    )


class DocumentationSchema(WrittenSchema):
    introduction = _text(
        _l("Introduction"), 6, _l("Why you met, how the topics were found, what was to come of it")
    )
    results = _text(
        _l("Results in your own words"), 6, _l("The cards of all walls follow by themselves.")
    )
    thanks = _text(_l("Thanks"), 3)
    imprint = _text(
        _l("Imprint"), 4, _l("Publisher, unit, address, whose the title picture is, layout, print")
    )
    language_note = fields.String(
        allow_none=True,
        validate=validate.Length(max=500),
        metadata=office(
            _l("Note on the language"),
            section="texts",
            help=_l("If the documentation is to say how it names women and men"),
        ),
    )
    cover = fields.UUID(
        allow_none=True,
        attribute="cover.uuid",
        metadata=office(_l("Title picture"), section="texts", choices="picture"),
    )


class PictureSchema(WrittenSchema):
    caption = fields.String(
        required=True,
        validate=validate.Length(1, 300),
        metadata=office(
            _l("What the picture shows"), help=_l("Also for those who cannot see it. No names.")
        ),
    )
    part = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=120),
        metadata=office(_l("Part of the programme")),
    )
    credit = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=200),
        metadata=office(_l("Picture credit"), help=_l("Whose picture it is")),
    )
    consent = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=300),
        metadata=office(
            _l("Consent of those who can be seen"),
            help=_l("How and when they agreed, or that nobody can be recognised"),
        ),
    )
