"""A term as a form: its words in every language the vocabulary speaks."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validate

from registry.config import spoken
from registry.core.colors import is_color
from registry.core.forms import Form, FormField, RecordSchema, office
from registry.core.text import is_storable
from registry.texts.schemas import EveryLanguageField

SECTIONS = {
    "words": _l("Words"),
    "looks": _l("Symbol and colour"),
    "use": _l("Use"),
}
# The vocabulary comes in these, whichever of them the pages of this register speak.
LANGUAGES = spoken()
ICON_SCHEMES = ("field", "format", "category")
COLOR_SCHEMES = ("field",)
MAX_WORDS, MAX_WORD = 60, 80
ICONS = Path(__file__).parents[2] / "static" / "vendor" / "icons.svg"


def fields_without(scheme: str) -> tuple[str, ...]:
    """Return the fields that terms of a scheme have not got."""
    without = {
        "icon": scheme not in ICON_SCHEMES,
        "color": scheme not in COLOR_SCHEMES,
        "autonym": scheme != "language",
    }
    return tuple(name for name, lacking in without.items() if lacking)


@lru_cache(maxsize=1)
def icons() -> tuple[str, ...]:
    """Return the names of the symbols that pages can show."""
    return tuple(sorted(re.findall(r'<symbol id="([a-z0-9-]+)"', ICONS.read_text("utf-8"))))


def color(text: str | None) -> None:
    if text and not is_color(text):
        raise ValidationError(_("Please give a colour as # and six digits, such as #2044aa."))


def icon(text: str | None) -> None:
    if text and text not in icons():
        raise ValidationError(_("There is no such symbol."))


class EveryLanguage(EveryLanguageField):
    """A text in all languages of the vocabulary."""

    def from_form(self, form: Form, key: str) -> Any:
        bodies = {tag: form.get(f"{key}.{tag}") for tag in LANGUAGES}
        return {tag: body.strip() for tag, body in bodies.items() if body is not None}


class SynonymsField(FormField, fields.Field[dict[str, list[str]]]):
    """Words by language: typed with commas between them, kept as lists."""

    widget: ClassVar[str] = "translated"

    def from_form(self, form: Form, key: str) -> Any:
        return {tag: form.get(f"{key}.{tag}", "") for tag in LANGUAGES}

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> dict[str, str]:
        return {tag: ", ".join(words) for tag, words in (value or {}).items()}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, list[str]]:
        if not isinstance(value, dict):
            raise ValidationError(_("Please give a text, or texts by language."))
        found = {str(tag): self._words(text) for tag, text in value.items()}
        return {tag: words for tag, words in found.items() if words}

    def _words(self, text: Any) -> list[str]:
        if not isinstance(text, str) or not is_storable(text):
            raise ValidationError(_("Please give a text, or texts by language."))
        words = [word.strip() for word in re.split(r"[,;،\n]", text)]
        kept = list(dict.fromkeys(word for word in words if word))
        if len(kept) > MAX_WORDS or any(len(word) > MAX_WORD for word in kept):
            message = _("Please give at most %(words)s words of at most %(letters)s letters.")
            raise ValidationError(message % {"words": MAX_WORDS, "letters": MAX_WORD})
        return kept


class TermForm(RecordSchema):
    labels = EveryLanguage(
        required=True, metadata=office(_l("Name"), section="words", max_length=200)
    )
    key = fields.String(
        allow_none=True,
        validate=validate.Regexp(
            r"^[A-Za-z0-9][A-Za-z0-9_]{0,59}$",
            error=_l("Please use letters without accents, digits and underscores only."),
        ),
        metadata=office(
            _l("Key"),
            section="words",
            help=_l("For files and programs; it never changes. Empty: made from the name."),
        ),
    )
    autonym = fields.String(
        allow_none=True,
        validate=validate.Length(max=80),
        metadata=office(
            _l("Own name"),
            section="words",
            help=_l("What the language calls itself, e.g. “Türkçe”."),
        ),
    )
    hints = EveryLanguage(
        metadata=office(
            _l("Explanation"),
            section="words",
            lines=2,
            max_length=1000,
            help=_l("One sentence for people who do not know the word."),
        )
    )
    synonyms = SynonymsField(
        metadata=office(
            _l("Other words for it"),
            section="words",
            lines=2,
            help=_l("With commas between them. Nobody sees them, but the search finds by them."),
        )
    )
    icon = fields.String(
        allow_none=True,
        validate=icon,
        metadata=office(_l("Symbol"), section="looks", widget="icon"),
    )
    color = fields.String(
        allow_none=True,
        validate=color,
        metadata=office(
            _l("Colour"),
            section="looks",
            help=_l(
                "Six digits after a #. White symbols must be seen on it, and nobody may take it "
                "for the colour of another field."
            ),
        ),
    )
    url = fields.Url(
        allow_none=True,
        schemes={"http", "https"},
        validate=validate.Length(max=300),
        metadata=office(_l("Website"), section="use"),
    )
    valid_from = fields.Date(allow_none=True, metadata=office(_l("Valid from"), section="use"))
    valid_to = fields.Date(
        allow_none=True,
        metadata=office(
            _l("Valid until"),
            section="use",
            help=_l(
                "After this day the term is retired: entries keep it, but it is no longer offered."
            ),
        ),
    )


def term_form(scheme: str, *, new: bool) -> TermForm:
    """Return the form of a term; only a new one gets a key."""
    without: Iterable[str] = (*fields_without(scheme), *(() if new else ("key",)))
    return TermForm(audience="office", exclude=tuple(without))
