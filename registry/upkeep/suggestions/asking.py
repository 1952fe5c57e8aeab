"""The form that everyone may fill in: its inputs, the seal on it, and what was changed in it.

The seal is signed by the server and travels with the form: when it was opened, about which entry,
and what the public saw then. So no cookie tells, and old values cannot be made up.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from registry.core import i18n
from registry.core.forms import Control, Form
from registry.core.i18n import short_date
from registry.core.text import is_storable
from registry.offers.pages import spoken_hours
from registry.upkeep.suggestions.details import Detail, Spot
from registry.upkeep.suggestions.schemas import HINTS, MAX_LINE, MAX_TEXT
from registry.vocabulary import queries as vocabulary

TRAP = "nickname"  # nobody sees this input: whatever fills it in is no person
SEAL = "seal"
LEAST = timedelta(seconds=3)
LONGEST = timedelta(days=2)
Values = dict[str, Any]


class Machine(Exception):
    """Whoever sent this did not fill in our form by hand."""


@dataclass(frozen=True)
class Group:
    """Inputs that belong together; the name is that of a place, a contact or a course."""

    name: str
    controls: tuple[Control, ...]


def seal(about: str, seen: Values) -> str:
    """Return what the form carries; `about` names the entry."""
    return str(_serializer().dumps([about, seen]))


def opened(form: Form, about: str) -> Values | None:
    """Return what the form showed; None where it has been open for too long.

    Raises Machine where no person can have sent it: the trap is filled in, the seal is missing or
    of another form, or less time has passed than anybody needs.
    """
    if form.get(TRAP):
        raise Machine
    try:
        (sealed, seen), signed = _serializer().loads(
            form.get(SEAL, ""), max_age=int(LONGEST.total_seconds()), return_timestamp=True
        )
    except SignatureExpired:
        return None
    except BadSignature:
        raise Machine from None
    if sealed != about or i18n.local_now() - signed < LEAST:
        raise Machine
    return dict(seen)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        current_app.config["SECRET_KEY"],
        salt="suggestion",
        signer=TimestampSigner,
        signer_kwargs={"digest_method": hashlib.sha256},
    )


def stands(details: Iterable[Detail]) -> Values:
    """Return the values by path as the register keeps them."""
    return {each.path: each.value for each in details}


def worded(leaf: str, value: Any) -> Any:
    """Return a value as people read and write it."""
    return spoken_hours(value) if leaf in ("hours", "times") and value else value


def typed(form: Form, details: Iterable[Detail]) -> Values:
    """Return what the inputs of these details hold; what the form did not have is left out."""
    lists = [each.path for each in details if each.leaf == "languages"]
    texts = [each.path for each in details if each.path in form and each.path not in lists]
    found: Values = {path: form[path].replace("\r\n", "\n").strip() for path in texts}
    return found | {path: form.getlist(path) for path in lists}


def problems(given: Values) -> dict[str, list[str]]:
    """Return messages for what cannot be stored; whether it is right the office will see."""
    found: dict[str, list[str]] = {}
    for path, value in given.items():
        longest = MAX_TEXT if path.startswith("description") else MAX_LINE
        if not is_storable(value):
            found[path] = [_("This character is not allowed.")]
        elif isinstance(value, str) and len(value) > longest:
            found[path] = [_("Please use at most %(limit)s characters.", limit=longest)]
    return found


def corrections(seen: Values, given: Values) -> list[dict[str, Any]]:
    """Return what was changed in the form, with what stood there when it was opened."""
    keys = set(vocabulary.schemes().get("language", {}))
    found = []
    for path, value in given.items():
        new = sorted(set(value) & keys) if isinstance(value, list) else value
        if path in seen and _differs(worded(Spot.of(path).leaf, seen[path]), new):
            found.append({"path": path, "old": seen[path], "new": new})
    return found


def _differs(old: Any, new: Any) -> bool:
    if isinstance(new, list):
        return set(old) != set(new)
    return " ".join(str(old).split()) != " ".join(str(new).split())


def groups(
    details: Sequence[Detail], values: Values, errors: Mapping[str, list[str]]
) -> list[Group]:
    """Return the inputs: those of the entry itself, then those of each place, contact and run."""
    named: dict[str, list[Control]] = {}
    for each in details:
        made = control(each.path, each.leaf, values.get(each.path, ""), errors.get(each.path, ()))
        named.setdefault(group_name(each.group), []).append(made)
    return [Group(name, tuple(controls)) for name, controls in named.items()]


def group_name(name: str) -> str:
    """Return the name of a group; a course run is named by its first day."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return name
    return _("Course from %(date)s", date=short_date(day))


def control(name: str, leaf: str, value: Any, errors: Sequence[str] = ()) -> Control:
    """Return the input for a detail."""
    hints = HINTS[leaf]
    return Control(
        name=name,
        label=hints["label"],
        widget=hints.get("widget", "text"),
        value=value,
        help=hints.get("help", ""),
        errors=tuple(errors),
        options=_languages() if leaf == "languages" else (),
        hints=hints,
    )


def _languages() -> tuple[tuple[str, str], ...]:
    tag = i18n.current().tag
    return tuple((each.key, each.label(tag).body) for each in vocabulary.terms("language"))
