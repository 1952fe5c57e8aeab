"""The policy: predicates about (who, subject), and which right asks for which. Pure.

A subject is anything with a `region` (an AGS or its beginning); None means "anywhere at all".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from registry.access.permissions import Permission, Role
from registry.core.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Grant:
    """A role for a region (AGS, "" for all of them) and whatever lies below."""

    role: Role
    region: str

    def covers(self, region: str) -> bool:
        return region.startswith(self.region)


@dataclass(frozen=True)
class Who:
    """Whoever asks: a signed-in user, the public, or the console of the machine itself."""

    kind: Literal["public", "user", "console"]
    label: str = ""
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()


PUBLIC = Who("public")
CONSOLE = Who("console", "console")


class Subject(Protocol):
    @property
    def region(self) -> str: ...


Predicate = Callable[[Who, Any], bool]


def is_console(who: Who, _subject: Any) -> bool:
    return who.kind == "console"


def _holds(*roles: Role) -> Predicate:
    def predicate(who: Who, subject: Any) -> bool:
        if subject is None:
            return any(grant.role in roles for grant in who.grants)
        return any(grant.role in roles and grant.covers(subject.region) for grant in who.grants)

    return predicate


administers = _holds(Role.ADMINISTRATOR)
edits = _holds(Role.ADMINISTRATOR, Role.EDITOR)
reads = _holds(Role.ADMINISTRATOR, Role.EDITOR, Role.READER)


def administers_everything(who: Who, _subject: Any) -> bool:
    return any(g.role is Role.ADMINISTRATOR and g.region == "" for g in who.grants)


POLICY: dict[Permission, list[Predicate]] = {
    Permission.ACTOR_READ: [is_console, reads],
    Permission.ACTOR_EDIT: [is_console, edits],
    Permission.OFFER_READ: [is_console, reads],
    Permission.OFFER_EDIT: [is_console, edits],
    Permission.AUDIT_READ: [is_console, edits],
    Permission.USER_MANAGE: [is_console, administers],
    Permission.REGION_MANAGE: [is_console, administers_everything],
    Permission.VOCABULARY_MANAGE: [is_console, administers_everything],
    Permission.DATA_TRANSFER: [is_console, administers_everything],
}


def may(who: Who, permission: Permission, subject: Subject | None) -> bool:
    """Return whether any alternative of the policy holds; a missing entry means no."""
    return any(predicate(who, subject) for predicate in POLICY.get(permission, []))


_READ_OF = {
    Permission.ACTOR_EDIT: Permission.ACTOR_READ,
    Permission.OFFER_EDIT: Permission.OFFER_READ,
}


def require(who: Who, permission: Permission, subject: Subject | None) -> None:
    """Raise unless allowed: those who may not even read it are told that it does not exist."""
    if may(who, permission, subject):
        return
    reading = _READ_OF.get(permission)
    if subject is not None and reading and not may(who, reading, subject):
        raise NotFound
    raise NotAllowed


def regions_of(who: Who, permission: Permission) -> tuple[str, ...]:
    """Return the AGS beginnings in which `who` holds the right; "" stands for everywhere."""
    if who.kind == "console":
        return ("",)

    @dataclass(frozen=True)
    class Somewhere:
        region: str

    return tuple(
        sorted({g.region for g in who.grants if may(who, permission, Somewhere(g.region))})
    )
