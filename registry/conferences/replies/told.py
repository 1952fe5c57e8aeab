"""What an answer says: who comes on which seat. Pure, apart from reading rows."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.replies.models import Participant, Place
from registry.core.text import fold


@dataclass(frozen=True)
class Person:
    """Who comes, as far as that is said."""

    given_name: str = ""
    family_name: str = ""
    function: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    def is_same(self, other: "Person") -> bool:
        """Return whether two are the same by name, or by function where no name is known."""
        mine, theirs = fold(self.name), fold(other.name)
        return mine == theirs if mine or theirs else fold(self.function) == fold(other.function)


@dataclass(frozen=True)
class Needs:
    """What somebody needs to take part and agrees to have noted for that."""

    interpreting: str = ""
    step_free: bool = False
    children: int = 0
    food: str = ""
    other: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@dataclass(frozen=True)
class Seat:
    """One seat of an invitation. Needs that are noted stay unless others are given, or `forget`."""

    person: Person = Person()
    deputy: bool = False
    wishes: tuple[str, ...] = ()
    listed: bool = False
    needs: Needs | None = None
    forget: bool = False


@dataclass(frozen=True)
class Told:
    """An answer. `seats` are by position, from 0; where none is told, whoever was invited comes.

    `made_from` is the digest of the answer that whoever answers has seen, None where nobody looked.
    `language` is what the confirmation is written in.
    """

    reply: Reply
    seats: Mapping[int, Seat] = field(default_factory=dict)
    made_from: str | None = None
    said_by: str | None = None
    language: str = "de"


def invited(invitation: Invitation) -> Person:
    """Return the person an invitation names, which may be nobody."""
    return person_of(invitation) if invitation.family_name else Person()


def person_of(row: Invitation | Participant) -> Person:
    return Person(row.given_name or "", row.family_name or "", row.function or "")


def standing(invitation: Invitation, participants: Iterable[Participant]) -> Told:
    """Return the answer as it stands."""
    comes = (each for each in participants if each.place != Place.NONE)
    return Told(Reply(invitation.reply), {each.position: _seat(each) for each in comes})


def _seat(row: Participant) -> Seat:
    return Seat(person_of(row), row.deputy, tuple(row.wishes), row.listed)


def digest(invitation: Invitation, participants: Iterable[Participant]) -> str:
    """Return what tells this answer from any other."""
    rows = list(participants)
    needs = sorted((r.position, r.need.consent_at.isoformat()) for r in rows if r.need)
    said = json.dumps([kept(standing(invitation, rows)), needs], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def says_the_same(told: Told, stands: Told) -> bool:
    """Return whether an answer changes nothing of the one that stands."""
    news = any(seat.needs or seat.forget for seat in told.seats.values())
    return not news and kept(told) == kept(stands)


def kept(told: Told) -> dict[str, Any]:
    """Return an answer as JSON, without what anybody needs."""
    seats = {
        str(position): {
            **asdict(seat.person),
            "deputy": seat.deputy,
            "wishes": list(seat.wishes),
            "listed": seat.listed,
        }
        for position, seat in sorted(told.seats.items())
    }
    return {"reply": told.reply.value, "seats": seats}


def from_kept(data: Mapping[str, Any]) -> Told:
    """Return the answer that `kept` made JSON of."""
    return Told(
        Reply(data["reply"]),
        {
            int(position): Seat(
                Person(seat["given_name"], seat["family_name"], seat["function"]),
                seat["deputy"],
                tuple(seat["wishes"]),
                seat["listed"],
            )
            for position, seat in data["seats"].items()
        },
    )
