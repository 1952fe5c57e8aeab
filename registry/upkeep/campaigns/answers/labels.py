"""The changes of an answer in the words of a reader."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.core import i18n
from registry.core.forms import Part
from registry.upkeep.campaigns.answers.schemas import ActorAnswerSchema, OfferAnswerSchema
from registry.upkeep.campaigns.answers.standing import titles
from registry.upkeep.campaigns.models import Entry

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Change:
    """One detail that is to be changed; `of` names the contact, place or run it belongs to."""

    label: Any
    of: str
    old: str
    new: str


def readable(entry: Entry, day: date) -> list[Change]:
    schema = OfferAnswerSchema() if entry.offer else ActorAnswerSchema()
    named = titles(entry, day)
    found = []
    for path, (old, new) in entry.changes.items():
        part, _dot, rest = path.partition(".")
        key, _dot, name = rest.partition(".")
        field: Any = schema.fields[part]
        inner = field.rows.fields[name] if isinstance(field, Part) else field
        label = inner.metadata["label"]
        found.append(Change(label, named.get(f"{part}.{key}", ""), _said(old), _said(new)))
    return found


def _said(value: Any) -> str:
    text = str(value or "")
    return i18n.short_date(date.fromisoformat(text)) if DAY.fullmatch(text) else text
