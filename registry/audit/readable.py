"""Recorded changes as a reader understands them: what came, what went, what became what. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Naming = Callable[[str], str]
Saying = Callable[[str, str], str]


@dataclass(frozen=True)
class Difference:
    """One changed detail. Lists say what was added and removed, everything else old and new."""

    label: str
    old: str = ""
    new: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def differences(changes: Mapping[str, list[Any]], name_of: Naming, say: Saying) -> list[Difference]:
    """Return the differences of one log entry.

    `name_of` words the name of a detail, `say` words a stored value of a detail.
    """
    found: list[Difference] = []
    for name, (old, new) in changes.items():
        if isinstance(old, list) or isinstance(new, list):
            found += _listed(name, old or [], new or [], name_of, say)
        elif isinstance(old, dict) or isinstance(new, dict):
            found += _texts(name_of(name), old or {}, new or {})
        else:
            found.append(Difference(name_of(name), _plain(name, old, say), _plain(name, new, say)))
    return found


def _texts(label: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    languages = [tag for tag in dict.fromkeys((*old, *new)) if old.get(tag) != new.get(tag)]
    return [
        Difference(f"{label} ({tag})", _body(old.get(tag)), _body(new.get(tag)))
        for tag in languages
    ]


def _body(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _listed(
    name: str, old: list[Any], new: list[Any], name_of: Naming, say: Saying
) -> list[Difference]:
    """Compare lists; values like "field:advice" belong to the list of their own scheme."""
    before, after = (_by_scheme(name, values, name_of, say) for values in (old, new))
    found = []
    for label in dict.fromkeys((*before, *after)):
        gone, come = before.get(label, []), after.get(label, [])
        added = tuple(value for value in come if value not in gone)
        removed = tuple(value for value in gone if value not in come)
        if added or removed:
            found.append(Difference(label, added=added, removed=removed))
        elif gone != come:
            found.append(Difference(label, _order(old, gone), _order(new, come)))
    return found


def _order(values: list[Any], said: list[str]) -> str:
    """Return in which order rows stand: by their titles, where all have one."""
    titles = [
        str(value.get("title") or value.get("name") or "") if isinstance(value, Mapping) else ""
        for value in values
    ]
    return ", ".join(titles if all(titles) else said)


def _by_scheme(name: str, values: list[Any], name_of: Naming, say: Saying) -> dict[str, list[str]]:
    sorted_in: dict[str, list[str]] = {}
    for value in values:
        scheme, _colon, key = value.partition(":") if name == "term_links" else (name, "", value)
        label = name_of(f"term:{scheme}" if name == "term_links" else name)
        sorted_in.setdefault(label, []).append(_row(scheme, key, name_of, say))
    return sorted_in


def _row(name: str, value: Any, name_of: Naming, say: Saying) -> str:
    if not isinstance(value, Mapping):
        return say(name, str(value))
    said = {name_of(key): _plain(key, inner, say) for key, inner in value.items() if key != "uuid"}
    return ", ".join(f"{label}: {text}" for label, text in said.items() if text)


def _plain(name: str, value: Any, say: Saying) -> str:
    if value in (None, "", {}, []):
        return ""
    if isinstance(value, Mapping):
        return " / ".join(str(body) for body in value.values())
    return say(name, str(value).lower() if isinstance(value, bool) else str(value))
