"""Text in schemas: what can be stored, and what is there in several languages.

A translatable text is {"de": "…", "en": "…"} in JSON. A form asks for the German one: translations
have a page of their own, except those of `EveryLanguageField`.
"""

import re
from typing import Any, ClassVar

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _
from marshmallow import ValidationError, fields, pre_load, validates_schema

from registry.core import i18n
from registry.core.forms import Form, FormField, RecordSchema
from registry.core.ranges import backwards
from registry.core.text import is_storable
from registry.texts.translated import SOURCE, Bodies, Dumped, Translated

MAX_LENGTH = 5000
MINOR = "minor"  # the checkbox beside a text whose correction leaves its translations as they are
TAG = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"


class WrittenSchema(RecordSchema):
    """What people write: what cannot be stored, or runs backwards, is told at its field."""

    @pre_load
    def refuse_unstorable(self, data: Any, **_options: Any) -> Any:
        if isinstance(data, dict):
            texts = {key: value for key, value in data.items() if isinstance(value, str)}
            bad = [key for key, value in texts.items() if not is_storable(value)]
            if bad:
                raise ValidationError({key: [_("This character is not allowed.")] for key in bad})
        return data

    @validates_schema
    def ranges_run_forwards(self, data: dict[str, Any], **_options: Any) -> None:
        if found := backwards(data):
            raise ValidationError({field: [told] for field, told in found.items()})

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        """Return None for what hangs on nothing, as the id of a unit where there is no unit."""
        value = super().get_attribute(obj, attr, default)
        return None if value is default and "." in attr else value


class TranslatedField(FormField, fields.Field[dict[str, str]]):
    """Loads a dict of bodies by language; dumps the same."""

    widget: ClassVar[str] = "german"

    def from_form(self, form: Form, key: str) -> Any:
        tags = [language.tag for language in i18n.languages()]
        bodies = {tag: form.get(f"{key}.{tag}") for tag in dict.fromkeys((SOURCE, *tags))}
        told = {tag: body.strip() for tag, body in bodies.items() if body is not None}
        return Bodies(told, minor=f"{key}.{MINOR}" in form)

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> dict[str, str]:
        return Dumped.of(value) if isinstance(value, Translated) else dict(value or {})

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, str]:
        bodies = {SOURCE: value} if isinstance(value, str) else value
        if not isinstance(bodies, dict):
            raise ValidationError(_("Please give a text, or texts by language."))
        for language, body in bodies.items():
            self._check(language, body)
        tidy = Bodies(
            {language: body.strip() for language, body in bodies.items()},
            minor=getattr(bodies, "minor", False),
        )
        # A partial load may bring a translation alone, but never take the source away.
        wanted = SOURCE in tidy or "partial" not in kwargs
        if self.required and wanted and not tidy.get(SOURCE):
            raise ValidationError(_("Please fill in the German text."))
        return tidy

    def described(self, *, writing: bool) -> dict[str, Any]:
        """Return the JSON Schema of the field: texts by language, or the German one alone."""
        limit = self.metadata.get("max_length", MAX_LENGTH)
        body = {"type": "string", "maxLength": limit} if writing else {"type": "string"}
        texts = {"type": "object", "additionalProperties": body, "examples": [{SOURCE: "…"}]}
        if not writing:
            return texts
        return {"anyOf": [{**texts, "propertyNames": {"pattern": TAG}}, body]}

    def _check(self, language: Any, body: Any) -> None:
        limit = self.metadata.get("max_length", MAX_LENGTH)
        if not _is_language(language):
            raise ValidationError(_("Unknown language: %(language)s", language=str(language)[:20]))
        if not isinstance(body, str) or not is_storable(body):
            raise ValidationError(_("Please give a text, or texts by language."))
        if len(body) > limit:
            raise ValidationError(_("Please use at most %(limit)s characters.", limit=limit))


class EveryLanguageField(TranslatedField):
    """A text whose form has an input for each language of the pages."""

    widget: ClassVar[str] = "translated"


def _is_language(tag: Any) -> bool:
    if not isinstance(tag, str) or not re.fullmatch(TAG, tag):
        return False
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return False
    return True
