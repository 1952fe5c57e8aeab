"""Schema fields that hold terms by their key, and the schema of a term itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from registry.core.forms import RecordSchema, shown
from registry.texts.schemas import TranslatedField
from registry.vocabulary.models import SCHEMES

MAX_TERMS = 60
LABELS = {
    "field": _l("Fields of action"),
    "area_of_life": _l("Areas of life"),
    "target_group": _l("Target groups"),
    "language": _l("Languages"),
    "eligibility": _l("Who may take part"),
    "level": _l("Course levels"),
    "format": _l("Formats"),
    "cost": _l("Kinds of cost"),
    "document": _l("Documents"),
    "step": _l("Steps to get in"),
    "service_type": _l("Kinds of service"),
    "topic": _l("Topics"),
    "legal_basis": _l("Legal bases"),
    "category": _l("Categories of participants"),
    "legal_form": _l("Legal forms"),
}


class _Keyed:
    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:
        return getattr(value, "key", value)


class KeyField(_Keyed, fields.String):
    """A term, as its key."""


def term_field(scheme: str, metadata: dict[str, Any], **options: Any) -> fields.Field[Any]:
    """One term of a scheme; whether the key exists is asked by the service."""
    hints = {**metadata, "choices": f"term:{scheme}"}
    return KeyField(validate=validate.Length(max=60), metadata=hints, **options)


def term_list(scheme: str, metadata: dict[str, Any], **options: Any) -> fields.Field[Any]:
    """Several terms of a scheme, in order."""
    hints = {**metadata, "choices": f"term:{scheme}"}
    inner = KeyField(validate=validate.Length(max=60))
    checks = [validate.Length(max=MAX_TERMS), *options.pop("validate", [])]
    return fields.List(inner, validate=checks, metadata=hints, **options)


class TermSchema(RecordSchema):
    scheme = fields.String(metadata=shown(), validate=validate.OneOf(SCHEMES))
    key = fields.String(metadata=shown())
    labels = TranslatedField(metadata=shown())
    hints = TranslatedField(metadata=shown())
    synonyms = fields.Dict(
        keys=fields.String(), values=fields.List(fields.String()), metadata=shown()
    )
    autonym = fields.String(allow_none=True, metadata=shown())
    icon = fields.String(allow_none=True, metadata=shown())
    color = fields.String(allow_none=True, metadata=shown())
    url = fields.String(allow_none=True, metadata=shown())
    framework = fields.Boolean(metadata=shown())
    valid_from = fields.Date(allow_none=True, metadata=shown())
    valid_to = fields.Date(allow_none=True, metadata=shown())
