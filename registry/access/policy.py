"""The policy: predicates about (who, subject), and which right asks for which. Pure.

A subject is anything with a `region` (an AGS or its beginning) and, where one actor owns it, an
`owner_id`; what belongs to a conference has `duty_actors`, the actors that hold each of its duties.
None means "anywhere at all".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from uuid import UUID

from registry.access.permissions import Permission, Role
from registry.core.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class Grant:
    """A role for a region (AGS, "" for all of them) and whatever lies below, or for one actor."""

    role: Role
    region: str
    actor_id: int | None = None

    def covers(self, subject: "Subject") -> bool:
        if self.actor_id is not None:
            return getattr(subject, "owner_id", None) == self.actor_id
        return subject.region.startswith(self.region)


@dataclass(frozen=True)
class Who:
    """Whoever asks: a signed-in user, the holder of a link, the public, or the console."""

    kind: Literal["public", "user", "link", "console"]
    label: str = ""
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    opens: UUID | None = None  # the record of the link that is held


PUBLIC = Who("public")
CONSOLE = Who("console", "console")


class Subject(Protocol):
    @property
    def region(self) -> str: ...


@dataclass(frozen=True)
class In:
    """A subject of which only the region is known: something that is still to be made there."""

    region: str


Predicate = Callable[[Who, Any], bool]


def is_console(who: Who, _subject: Any) -> bool:
    return who.kind == "console"


def holds_its_link(who: Who, subject: Any) -> bool:
    return (
        who.kind == "link" and who.opens is not None and who.opens == getattr(subject, "uuid", None)
    )


def _holds(*roles: Role) -> Predicate:
    def predicate(who: Who, subject: Any) -> bool:
        held = (grant for grant in who.grants if grant.role in roles)
        return any(subject is None or grant.covers(subject) for grant in held)

    return predicate


administers = _holds(Role.ADMINISTRATOR)
edits = _holds(Role.ADMINISTRATOR, Role.EDITOR)
organises = _holds(Role.ADMINISTRATOR, Role.EDITOR, Role.ORGANISER)
reads = _holds(Role.ADMINISTRATOR, Role.EDITOR, Role.ORGANISER, Role.READER)
keeps = _holds(Role.ACTOR_EDITOR)


def _has_duty(*duties: str) -> Predicate:
    """Return what tells whether somebody keeps an actor with one of a conference's duties."""

    def predicate(who: Who, subject: Any) -> bool:
        kept = {grant.actor_id for grant in who.grants if grant.role is Role.ACTOR_EDITOR}
        if subject is None:
            return bool(kept)
        holders: dict[str, frozenset[int]] = getattr(subject, "duty_actors", {})
        return any(kept & holders.get(duty, frozenset()) for duty in duties)

    return predicate


invites = _has_duty("invitation")
leads = _has_duty("chair")
minutes = _has_duty("minutes")
has_a_duty = _has_duty("invitation", "chair", "minutes")


def administers_everything(who: Who, _subject: Any) -> bool:
    return any(g.role is Role.ADMINISTRATOR and g.region == "" for g in who.grants)


POLICY: dict[Permission, list[Predicate]] = {
    Permission.ACTOR_READ: [is_console, reads, keeps],
    Permission.ACTOR_EDIT: [is_console, edits, keeps],
    Permission.ACTOR_CREATE: [is_console, edits],
    Permission.OFFER_READ: [is_console, reads, keeps],
    Permission.OFFER_EDIT: [is_console, edits, keeps],
    Permission.DESIGNATION_MANAGE: [is_console, edits],
    Permission.ENTRY_REVIEW: [is_console, edits],
    Permission.ENTRY_MERGE: [is_console, edits],
    Permission.NETWORK_READ: [is_console, reads],
    Permission.NETWORK_EDIT: [is_console, organises],
    Permission.CONFERENCE_READ: [is_console, reads, has_a_duty],
    Permission.CONFERENCE_EDIT: [is_console, organises],
    Permission.CONFERENCE_INVITE: [is_console, organises, invites],
    Permission.CONFERENCE_ANSWER: [is_console, organises, invites, holds_its_link],
    Permission.CONFERENCE_LEAD: [is_console, organises, leads],
    Permission.CONFERENCE_WALL: [is_console, organises, leads, holds_its_link],
    Permission.CONFERENCE_MINUTES: [is_console, organises, minutes],
    Permission.CAMPAIGN_MANAGE: [is_console, edits],
    Permission.SUGGESTION_MANAGE: [is_console, edits],
    Permission.DATA_IMPORT: [is_console, edits],
    Permission.DATA_EXPORT: [is_console, organises],
    Permission.DESK_READ: [is_console, reads],
    Permission.AUDIT_READ: [is_console, edits],
    Permission.USER_MANAGE: [is_console, administers],
    Permission.PRIVACY_MANAGE: [is_console, administers],
    Permission.MAIL_MANAGE: [is_console, administers],
    Permission.SETTINGS_MANAGE: [is_console, administers],
    Permission.REGION_MANAGE: [is_console, administers_everything],
    Permission.VOCABULARY_MANAGE: [is_console, administers_everything],
    Permission.DATA_TRANSFER: [is_console, administers_everything],
}


def may(who: Who, permission: Permission, subject: Subject | None) -> bool:
    """Return whether any alternative of the policy holds; a missing entry means no."""
    return any(predicate(who, subject) for predicate in POLICY.get(permission, []))


_READ_OF = {
    Permission.ACTOR_READ: Permission.ACTOR_READ,
    Permission.ACTOR_EDIT: Permission.ACTOR_READ,
    Permission.OFFER_READ: Permission.OFFER_READ,
    Permission.OFFER_EDIT: Permission.OFFER_READ,
    Permission.DESIGNATION_MANAGE: Permission.DESK_READ,
    Permission.NETWORK_READ: Permission.NETWORK_READ,
    Permission.NETWORK_EDIT: Permission.NETWORK_READ,
    Permission.CONFERENCE_READ: Permission.CONFERENCE_READ,
    Permission.CONFERENCE_EDIT: Permission.CONFERENCE_READ,
    Permission.CONFERENCE_INVITE: Permission.CONFERENCE_READ,
    Permission.CONFERENCE_ANSWER: Permission.CONFERENCE_READ,
    Permission.CONFERENCE_LEAD: Permission.CONFERENCE_READ,
    Permission.CONFERENCE_WALL: Permission.CONFERENCE_READ,
    Permission.CONFERENCE_MINUTES: Permission.CONFERENCE_READ,
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
    held = {grant.region for grant in who.grants if grant.actor_id is None}
    return tuple(sorted(region for region in held if may(who, permission, In(region))))


def actors_of(who: Who, permission: Permission) -> tuple[int, ...]:
    """Return the actors (internal ids) that `who` holds the right for, one by one."""

    @dataclass(frozen=True)
    class Owned:
        owner_id: int
        region: str = "?"  # no region's key begins like this

    held = {grant.actor_id for grant in who.grants if grant.actor_id is not None}
    return tuple(sorted(key for key in held if may(who, permission, Owned(key))))
