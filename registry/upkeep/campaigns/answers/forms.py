"""The answer page as forms: one block for each entry, its inputs named after the entry."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, ValidationError

from registry.actors import hours as opening
from registry.actors.schemas import WrittenSchema
from registry.core.errors import NotFound
from registry.core.forms import Control, Form, controls, read_form
from registry.upkeep.campaigns.answers import amendments
from registry.upkeep.campaigns.answers.schemas import (
    ActorAnswerSchema,
    OfferAnswerSchema,
    SpokenSchema,
)
from registry.upkeep.campaigns.answers.services import Said
from registry.upkeep.campaigns.answers.standing import EntryView, coming, details, titles, view
from registry.upkeep.campaigns.models import Answer, Entry, Work

OF_ENTRY = re.compile(r"e([0-9a-f]{32})\.")
Messages = Mapping[str, Any]


@dataclass(frozen=True)
class Group:
    """Inputs that belong together, as those of one contact; `part` is which kind they are."""

    part: str
    title: str
    inputs: tuple[Control, ...]


@dataclass(frozen=True)
class Block:
    """One entry on the page; without `answer` it can only be read."""

    entry: EntryView
    answer: Control | None = None
    note: Control | None = None
    version: Control | None = None
    free: tuple[Group, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def controls(self) -> list[Control]:
        mine = [self.answer, *self.inputs(self.free), *self.inputs(self.groups), self.note]
        return [control for control in mine if control]

    @staticmethod
    def inputs(groups: Iterable[Group]) -> list[Control]:
        return [control for group in groups for control in group.inputs]

    @property
    def unfolded(self) -> bool:
        """Return whether the details stand open from the beginning."""
        inner = [*self.inputs(self.groups), *([self.note] if self.note else [])]
        return self.entry.answer == Answer.CHANGED or any(control.errors for control in inner)


@dataclass
class Read:
    """What a submitted page says: about which entries what, and what cannot be understood."""

    said: dict[UUID, Said] = field(default_factory=dict)
    typed: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, Any] = field(default_factory=dict)

    @property
    def is_silent(self) -> bool:
        """Return whether entries were shown and nothing was said about any of them."""
        return bool(self.said) and not any(e.answer or e.free for e in self.said.values())


def prefix(entry: Entry) -> str:
    return f"e{entry.uuid.hex}."


def named(form: Form) -> set[UUID]:
    """Return the entries that a submitted page names, whosever they are."""
    found = (OF_ENTRY.match(name) for name in form)
    return {UUID(hex=match[1]) for match in found if match}


def read(form: Form, entries: Mapping[UUID, Entry], day: date) -> Read:
    """Read a submitted page; an entry that is none of these, or a row of another, is NotFound."""
    asked = named(form)
    if not asked <= entries.keys():
        raise NotFound
    made = Read()
    for uuid in sorted(asked):
        schema = _schema(entries[uuid])
        made.typed[uuid] = read_form(schema, form, prefix(entries[uuid]))
        try:
            loaded = schema.load(made.typed[uuid], unknown=EXCLUDE)
            made.said[uuid] = _said(entries[uuid], loaded, day)
        except ValidationError as error:
            made.errors[str(uuid)] = error.messages_dict
    return made


def read_spoken(form: Form, entries: Mapping[UUID, Entry]) -> Read:
    """Read what was written down of a telephone call."""
    if not named(form) <= entries.keys():
        raise NotFound
    made = Read()
    for uuid, entry in entries.items():
        made.typed[uuid] = read_form(SpokenSchema(), form, prefix(entry))
        try:
            loaded = SpokenSchema().load(made.typed[uuid], unknown=EXCLUDE)
            made.said[uuid] = Said(loaded.get("answer"), loaded.get("note"))
        except ValidationError as error:
            made.errors[str(uuid)] = error.messages_dict
    return made


def _schema(entry: Entry) -> WrittenSchema:
    return OfferAnswerSchema() if entry.offer else ActorAnswerSchema()


def _said(entry: Entry, loaded: dict[str, Any], day: date) -> Said:
    """Return what was meant: whoever types a change says that something has changed."""
    version, note, answer = (loaded.pop(name, None) for name in ("version", "note", "answer"))
    told = {row["id"]: row.pop("availability", None) for row in loaded.get("runs", ())}
    given = {name: _plain_rows(value) for name, value in loaded.items()}
    try:
        changes = amendments.changes(details(entry, day), given)
    except amendments.Unknown:
        raise NotFound from None
    if (changes and answer != Answer.GONE) or (note and not answer):
        answer = Answer.CHANGED.value
    known = {run.uuid: run.availability for run in coming(entry.offer, day)} if entry.offer else {}
    free = {key: value for key, value in told.items() if value and value != known.get(key)}
    return Said(answer, note, changes if answer == Answer.CHANGED else {}, free, version)


def _plain_rows(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [{**row, "id": str(row["id"]), **_tidied(row)} for row in value]


def _tidied(row: Mapping[str, Any]) -> dict[str, str]:
    return {"hours": opening.tidy(row["hours"])} if row.get("hours") else {}


def block(entry: Entry, day: date, typed: Mapping[str, Any] | None, errors: Messages) -> Block:
    """Return the inputs of an entry, filled with what was typed or with what stands there."""
    data = dict(typed) if typed is not None else _present(entry, day)
    if "answer" in errors or typed is None:
        data["version"] = entry.subject.version
    made = controls(_schema(entry), data, errors, lambda _kind: (), prefix(entry))
    by_name = {control.name.removeprefix(prefix(entry)): control for control in made}
    version, answer, note = (by_name.pop(name) for name in ("version", "answer", "note"))
    groups = tuple(_groups(entry, by_name, day))
    return Block(
        view(entry), answer, note, version, tuple(_free(groups)), tuple(map(_rest, groups))
    )


def _present(entry: Entry, day: date) -> dict[str, Any]:
    """Return an entry as it stands, with what the actor has already asked to be changed."""
    standing = details(entry, day)
    wanted = entry.changes if entry.work == Work.OPEN else {}
    shown = {name: _with(wanted, name, value) for name, value in standing.items()}
    if entry.offer:
        told = {str(run.uuid): run.availability for run in coming(entry.offer, day)}
        shown["runs"] = [{**row, "availability": told[row["id"]]} for row in shown["runs"]]
    return {"answer": entry.answer, "note": entry.note, **shown}


def _with(wanted: amendments.Changes, name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return wanted[name][1] if name in wanted else value
    return [{**row, **amendments.of_row(wanted, name, row["id"])} for row in value]


def _groups(entry: Entry, by_name: Mapping[str, Control], day: date) -> Iterable[Group]:
    called, known = titles(entry, day), amendments.values(details(entry, day))
    for part, control in by_name.items():
        if control.widget != "rows":
            yield Group(part, "", (control,))
            continue
        for row in control.rows:
            key = next(each.value for each in row if _last(each) == "id")
            # Of a confidential place not even the hours are asked.
            asked = {"id", "availability"} | {p.rpartition(".")[2] for p in known if key in p}
            shown = [each for each in row if _last(each) in asked]
            yield Group(part, called.get(f"{part}.{key}", ""), tuple(shown))


def _last(control: Control) -> str:
    return control.name.rpartition(".")[2]


def _free(groups: Iterable[Group]) -> Iterable[Group]:
    for group in groups:
        mine = tuple(each for each in group.inputs if _last(each) == "availability")
        if mine:
            yield Group(group.part, group.title, mine)


def _rest(group: Group) -> Group:
    kept = tuple(each for each in group.inputs if _last(each) != "availability")
    return Group(group.part, group.title, kept)
