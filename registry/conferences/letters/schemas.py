"""What the letters of a conference say, as a form."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate, validates

from registry.conferences.letters import filling
from registry.core.forms import Form, FormField, RecordSchema, office

SECTIONS = {"letter": _l("What the letters say")}
MOST, LONGEST = 8, 120


class LinesField(FormField, fields.Field[list[str]]):
    """Texts that are typed one in a line."""

    widget: ClassVar[str] = "text"

    def from_form(self, form: Form, key: str) -> Any:
        return form.get(key, "")

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> str:
        return "\n".join(value or ())

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> list[str]:
        told = value if isinstance(value, str) else ""
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        if len(lines) > MOST or any(len(line) > LONGEST for line in lines):
            message = _("Please give at most %(words)s words of at most %(letters)s letters.")
            raise ValidationError(message % {"words": MOST, "letters": LONGEST})
        return lines


class WordsSchema(RecordSchema):
    reference = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=60),
        metadata=office(_l("Our reference"), section="letter"),
    )
    letter_text = fields.String(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=4000),
        metadata=office(
            _l("Text of the letter"),
            section="letter",
            lines=12,
            help=_l("An empty line begins a paragraph. Left empty, the usual text is taken."),
        ),
    )
    enclosures = LinesField(
        load_default=list,
        metadata=office(
            _l("Further enclosures"),
            section="letter",
            lines=3,
            help=_l("One in a line. The agenda and the slip for the answer are named already."),
        ),
    )

    @validates("letter_text")
    def knows_its_placeholders(self, value: str | None, **_kwargs: Any) -> None:
        if unknown := filling.unknown(value or ""):
            listed = ", ".join(name[:40] or "?" for name in unknown[:10])
            raise ValidationError(_("Unknown placeholders: %(names)s", names=listed))
