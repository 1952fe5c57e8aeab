"""An answer as a form: what was typed, and the inputs to type it, one block for each seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import EXCLUDE, ValidationError

from registry.conferences.invitations.models import Invitation, Reply
from registry.conferences.replies import told
from registry.conferences.replies.models import Participant
from registry.conferences.replies.schemas import NEEDS, NeedsSchema, PersonSchema, asked_for
from registry.conferences.replies.told import Needs, Person, Seat, Told
from registry.conferences.rounds import Groups, among, rounds_of
from registry.core.errors import Invalid
from registry.core.forms import Control, Form, controls, read_form

ORDER = (_l("First choice"), _l("Second choice"), _l("Third choice"))
REPLIES = (Reply.YES, Reply.NO, Reply.DEPUTY)


@dataclass
class Typed:
    """What a form says: of each seat in use what stands in its inputs."""

    reply: str = ""
    made_from: str = ""
    seats: dict[int, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Wishes:
    """The wishes of one round: groups of a day, None for those of the whole conference.

    `about` is what groups are about, title by title, as far as that is said.
    """

    day: date | None
    controls: list[Control]
    about: list[tuple[str, str]]


@dataclass(frozen=True)
class Block:
    """The inputs of one seat. `optional`: it need not be used; `noted`: needs are known already."""

    position: int
    optional: bool
    used: bool
    noted: bool
    person: list[Control]
    wishes: list[Wishes]
    listed: bool
    needs: list[Control]
    agreed: list[str]

    @property
    def name(self) -> str:
        return prefix(self.position)

    @property
    def asks_again(self) -> bool:
        """Return whether something is typed or wrong in what is folded away otherwise."""
        return any(each.value or each.errors for each in self.needs)

    @property
    def controls(self) -> list[Control]:
        wishes = [control for each in self.wishes for control in each.controls]
        return [*self.person, *wishes, *self.needs]


@dataclass(frozen=True)
class Sheet:
    """The whole form as a page draws it; `overtaken`: somebody else has answered meanwhile."""

    reply: str
    replies: list[str]
    made_from: str
    blocks: list[Block]
    purposes: dict[str, Any]
    errors: Mapping[str, Any]
    overtaken: bool = False

    @property
    def controls(self) -> list[Control]:
        return [control for block in self.blocks for control in block.controls]


def prefix(position: int) -> str:
    return f"s{position}."


def _wish(begin: str, number: int, turn: int = 0) -> str:
    """Return the name of an input; groups of the first round are asked for without saying so."""
    return f"{begin}round-{turn + 1}-wish-{number + 1}" if turn else f"{begin}wish-{number + 1}"


def positions(invitation: Invitation, stands: Told) -> list[int]:
    """Return the seats of an invitation, and those in use beyond them."""
    return sorted({*range(invitation.seats), *stands.seats})


def read(form: Form, invitation: Invitation, stands: Told) -> Typed:
    """Return what was typed; further seats count where they are ticked or somebody is named."""
    given = form.get("reply", "")
    typed = Typed(given if given in REPLIES else "", form.get("made_from", "")[:64])
    for position in positions(invitation, stands):
        begin = prefix(position)
        said = {
            **read_form(PersonSchema(), form, begin),
            **read_form(NeedsSchema(), form, begin),
            "wishes": [
                wish
                for turn in range(len(rounds_of(invitation.conference)))
                for each in range(len(ORDER))
                if (wish := form.get(_wish(begin, each, turn)))
            ],
            "listed": f"{begin}listed" in form,
            "forget": f"{begin}forget" in form,
        }
        named = any(said.get(name) for name in ("given_name", "family_name"))
        if position == 0 or named or f"{begin}used" in form:
            typed.seats[position] = said
    return typed


def said(typed: Typed, invitation: Invitation, **more: Any) -> Told:
    """Return the answer that was typed; raises Invalid with the messages of each seat."""
    if not typed.reply:
        raise Invalid({"reply": [_("Please choose an answer.")]})
    if typed.reply == Reply.NO:
        return Told(Reply.NO, made_from=typed.made_from, **more)
    asked = asked_for(invitation.conference.needs_asked)
    seats, errors = {}, {}
    for position, data in typed.seats.items():
        try:
            seats[position] = _seat(data, asked)
        except ValidationError as error:
            errors[f"seat-{position}"] = error.messages_dict
    if errors:
        raise Invalid(errors)
    return Told(Reply(typed.reply), seats, made_from=typed.made_from, **more)


def _seat(data: Mapping[str, Any], asked: Sequence[str]) -> Seat:
    who = PersonSchema().load(data, unknown=EXCLUDE)
    needed = {name: data[name] for name in (*asked, "consent") if name in data}
    needs = NeedsSchema().load(needed, unknown=EXCLUDE)
    needs.pop("consent", None)
    return Seat(
        Person(**{name: value or "" for name, value in who.items()}),
        wishes=tuple(data["wishes"]),
        listed=data["listed"],
        needs=Needs(**{name: value for name, value in needs.items() if value}) or None,
        forget=data["forget"],
    )


def standing(
    invitation: Invitation, participants: Sequence[Participant], *, named: bool = True
) -> Typed:
    """Return the form as the answer stands; nothing of what anybody needs.

    Unless `named` it leaves whom the invitation names unsaid: a seat without a name is theirs.
    """
    stands = told.standing(invitation, participants)
    reply = "" if stands.reply == Reply.OPEN else stands.reply.value
    seats = {key: _filled(seat) for key, seat in stands.seats.items()}
    meant = told.person_of(invitation)
    seats.setdefault(0, _filled(Seat(meant if named else Person(function=meant.function))))
    return Typed(reply, told.digest(invitation, participants), seats)


def _filled(seat: Seat) -> dict[str, Any]:
    person = seat.person
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "function": person.function,
        "wishes": list(seat.wishes),
        "listed": seat.listed,
    }


def sheet(
    invitation: Invitation,
    participants: Sequence[Participant],
    typed: Typed,
    errors: Mapping[str, Any],
    *,
    overtaken: bool = False,
) -> Sheet:
    """Return the form filled with what was typed; overtaken, saving again is a decision."""
    conference = invitation.conference
    stands = told.standing(invitation, participants)
    now = told.digest(invitation, participants)
    noted = {each.position for each in participants if each.need}
    asked = asked_for(conference.needs_asked)
    return Sheet(
        typed.reply,
        [each.value for each in REPLIES if conference.deputies or each != Reply.DEPUTY],
        now if overtaken else typed.made_from,
        [
            _block(invitation, position, typed, errors.get(f"seat-{position}", {}), asked, noted)
            for position in positions(invitation, stands)
        ],
        {name: NEEDS[name] for name in asked},
        errors,
        overtaken,
    )


def _block(
    invitation: Invitation,
    position: int,
    typed: Typed,
    errors: Mapping[str, Any],
    asked: Sequence[str],
    noted: set[int],
) -> Block:
    data, begin = typed.seats.get(position, {}), prefix(position)
    needs = controls(NeedsSchema(only=asked), data, errors, lambda _kind: (), begin)
    return Block(
        position=position,
        optional=position > 0,
        used=position in typed.seats,
        noted=position in noted,
        person=controls(PersonSchema(), data, errors, lambda _kind: (), begin),
        wishes=_wishes(invitation, data.get("wishes", []), begin, errors.get("wishes", ())),
        listed=bool(data.get("listed")),
        needs=needs,
        agreed=list(data.get("consent") or []),
    )


def _wishes(
    invitation: Invitation, chosen: Sequence[str], begin: str, errors: Sequence[str]
) -> list[Wishes]:
    """Return the inputs of each round: as many choices as it has groups, three at most."""
    return [
        Wishes(
            day.day if day else None,
            [
                Control(
                    _wish(begin, number, turn),
                    title,
                    "select",
                    told,
                    options=tuple((str(each.uuid), each.title) for each in groups),
                    errors=tuple(errors) if turn == number == 0 else (),
                )
                for number, (title, told) in enumerate(_ranked(groups, chosen))
            ],
            [(each.title, each.description) for each in groups if each.description],
        )
        for turn, (day, groups) in enumerate(rounds_of(invitation.conference))
    ]


def _ranked(groups: Groups, chosen: Sequence[str]) -> list[tuple[Any, str | None]]:
    """Return which choice it is and what was chosen, of three or as many as there are groups."""
    told: list[str | None] = [*among(chosen, groups), *(None for _title in ORDER)]
    return list(zip(ORDER[: len(groups)], told, strict=False))
