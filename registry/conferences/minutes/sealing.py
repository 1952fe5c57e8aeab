"""Minutes that can be proven unchanged and still forget a person. Pure.

Where a name stands, what is hashed holds a digest of name and salt. Whoever has salt and name finds
out that they belong together; with the salt gone nobody does, and the hash stays what it was.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

GONE = "[Name gelöscht]"
SHORTEST = 3  # letters of a family name that is looked for in texts
# What names an organisation or a thing: a person's name in it says nothing of the person.
KEPT = {
    "agenda",
    "by_group",
    "chair",
    "code",
    "conference",
    "days",
    "heading",
    "organisation",
    "partners",
    "place",
    "responsible",
    "taken_by",
    "title",
}
_MARKED = re.compile(r"⟦([0-9a-f]{64})⟧")
Names = Mapping[str, Sequence[str]]  # by the public id of whoever is called so


def digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what minutes say, written in the one way there is to write it."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed(
    content: Mapping[str, Any], names: Names, salt: Callable[[], str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what minutes say without any of the names, and the salts of those that stood there."""
    owners = _owners(names)
    used: dict[str, str] = {}

    def hidden(found: re.Match[str]) -> str:
        owner = owners[found[0]]
        if owner not in used:
            used[owner] = salt()
        return f"⟦{_mark(used[owner], found[0])}⟧"

    if not owners:
        return dict(content), {}
    longest = sorted(owners, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return _walked(content, lambda text: pattern.sub(hidden, text)), used


def opened(content: Mapping[str, Any], names: Names, salts: Mapping[str, str]) -> dict[str, Any]:
    """Return what minutes say with the names of those who have not been forgotten."""
    known = {
        _mark(salt, name): name
        for owner, salt in salts.items()
        for name in _spellings(names.get(owner, ()))
    }
    shown: dict[str, Any] = _walked(
        content, lambda text: _MARKED.sub(lambda found: known.get(found[1], GONE), text)
    )
    return shown


def _owners(names: Names) -> dict[str, str]:
    """Return whose each way to write a name is; who comes first has what several share."""
    owners: dict[str, str] = {}
    for owner, parts in names.items():
        for name in _spellings(parts):
            owners.setdefault(name, owner)
    return owners


def _spellings(parts: Sequence[str]) -> list[str]:
    """Return how people write (title, given name, family name), as far as these are known."""
    if not parts:
        return []
    title, given, family = (part.strip() for part in parts)
    whole = " ".join(part for part in (given, family) if part)
    found = [f"{title} {whole}" if title else whole, whole]
    if title and family:
        found.append(f"{title} {family}")
    found.append(family)
    return list(dict.fromkeys(name for name in found if len(name) >= SHORTEST))


def _mark(salt: str, name: str) -> str:
    return hashlib.sha256(f"{salt}\0{name}".encode()).hexdigest()


def _walked(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _walked(inner, change, name) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_walked(inner, change, key) for inner in value]
    return change(value) if isinstance(value, str) and key not in KEPT else value
