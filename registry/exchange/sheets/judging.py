"""The verdict on a row: new, changed, unchanged or rejected, and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError

from registry.core.forms import messages
from registry.exchange.sheets import timetable
from registry.exchange.sheets.cells import Writer
from registry.exchange.sheets.columns import SCHEMAS, Column, about, has_whole
from registry.exchange.sheets.entries import Entry, Key, stands
from registry.exchange.sheets.known import Known
from registry.exchange.sheets.matching import (
    NO_ACTOR,
    NO_SUCH,
    Refusal,
    actor_of,
    contact_of,
    foreign_key,
    offer_of,
    place_of,
)
from registry.exchange.sheets.plans import Change, Creation, Edit, Links, Plan, contradictions
from registry.exchange.sheets.quick import Unsure, loader
from registry.exchange.sheets.told import Remark, Told, Values

HOURS_WITHOUT_PLACE = _l("The times were left out: they need a place.")
_OWN = {"id", "key"}
_NOT_OF_SCHEMA = {"offer": {"hours", "place_ids", "contact_id"}, "actor": {"postcode"}}
_NEVER_EMPTIED = {"flag", "option", "id"}
FUNCTION = "Auskunft"  # what a contact without a name is


@dataclass(frozen=True)
class Task:
    """What is imported: the sheet, and our columns in the file."""

    kind: str
    columns: Sequence[Column]
    publish: bool = False


class Judge:
    """Judges the rows of one import; `ids` give keys for new entries by part."""

    def __init__(self, task: Task, writer: Writer, ids: Mapping[str, Iterator[int]]) -> None:
        self.task, self.ids = task, ids
        self.whole = {part: has_whole(task.kind, part) for part in SCHEMAS}
        self._schemas = {part: kind(audience="office") for part, kind in SCHEMAS.items()}
        self._quick = {part: loader(schema) for part, schema in self._schemas.items()}
        self._columns = {column.key: column for column in task.columns}
        self._levels = list(writer.words.terms["level"].labels)
        self._compared: dict[str, list[tuple[Column, Callable[[Any], str]]]] = {
            part: [
                (column, writer.of(column))
                for column in task.columns
                if column.part == part and column.name not in {*_OWN, "postcode"} - _kept(part)
            ]
            for part in SCHEMAS
        }

    def plan(self, row: Told, known: Known) -> Plan:
        """Judge a row; what it brings is known to the rows after it unless it is rejected."""
        plan = Plan(row)
        if not plan.problems:
            try:
                self._parts(plan, known)
            except Refusal as refusal:
                plan.refuse([self._remark(row, refusal.key, refusal.reason)])
        if plan.problems:
            return Plan(row, "rejected")
        for creation in plan.creations:
            known.note(creation.key, creation.entry)
        for key, entry in plan.keyed:
            known.note(key, entry)
        for entry, change in plan.changes:
            entry.claims[change.column.key] = (row.number, change.new, change.old)
        plan.verdict = self._verdict(plan)
        return plan

    def _verdict(self, plan: Plan) -> Any:
        if any(each.entry.part == about(self.task.kind) for each in plan.creations):
            return "new"
        return "changed" if plan.creations or plan.changes else "unchanged"

    def _parts(self, plan: Plan, known: Known) -> None:
        row = plan.row
        told = row.part("place" if self.task.kind == "flat" else "actor")
        found, key = actor_of(row, known, told.get("postcode") or "")
        if found is None and not self.whole["actor"]:
            raise Refusal("actor.name", NO_ACTOR)
        actor = self._settle(plan, "actor", found, key, None)
        place = self._place(plan, known, actor) if self.whole["place"] else None
        contact = self._contact(plan, known, actor) if self.whole["contact"] else None
        if self.whole["offer"]:
            self._offer(plan, known, actor, self._links(plan, actor, place, contact))

    def _place(self, plan: Plan, known: Known, actor: Entry) -> Entry | None:
        told = plan.row.part("place")
        if not told:
            return None
        if "id" not in told:
            told.setdefault("name", told.get("city") or actor.name)
        found, key = place_of(plan.row, known, actor)
        return self._settle(plan, "place", found, key, actor)

    def _contact(self, plan: Plan, known: Known, actor: Entry) -> Entry | None:
        told = plan.row.part("contact")
        if not {"id", "key", "function", "phone", "email"} & told.keys():
            return None
        if "id" not in told:
            told.setdefault("function", FUNCTION)
        found, key = contact_of(plan.row, known, actor)
        return self._settle(plan, "contact", found, key, actor)

    def _links(self, plan: Plan, actor: Entry, place: Entry | None, contact: Entry | None) -> Links:
        told = plan.row.part("offer")
        if self.task.kind == "flat":
            return Links([place] if place else None, place, told.get("hours"), contact)
        links = Links()
        if "place_ids" in told:
            links.places = [_own(actor, "place", each) for each in told["place_ids"]]
        if "contact_id" in told:
            links.contact = _own(actor, "contact", told["contact_id"])
        return links

    def _offer(self, plan: Plan, known: Known, actor: Entry, links: Links) -> None:
        row, place = plan.row, links.places[0] if links.places else None
        found, key = offer_of(row, known, actor, place if self.task.kind == "flat" else None)
        if links.hours and not links.places:
            self._note(row, "offer.hours", HOURS_WITHOUT_PLACE)
        if found is None:
            self._appointment(row, links)
        self._settle(plan, "offer", found, key, actor, links)

    def _appointment(self, row: Told, links: Links) -> None:
        """Take "by appointment" out of the hours: an offer has a place of its own for it."""
        text = row.raw.get("offer.hours", "")
        if text and timetable.read(text).by_appointment:
            row.part("offer").setdefault("by_appointment", True)
            links.hours = timetable.read(text).hours or None

    def _settle(
        self,
        plan: Plan,
        part: str,
        found: Entry | None,
        key: Key,
        actor: Entry | None,
        links: Links | None = None,
    ) -> Entry:
        """Make an entry that is new, compare one that is there; note a foreign key of it."""
        if found is None:
            found = self._create(plan, part, key, actor, links)
        elif self.whole[part]:
            self._compare(plan, found, actor or found, links)
        if foreign := plan.row.part(part).get("key"):
            plan.keyed.append((foreign_key(part, foreign), found))
        return found

    def _create(
        self, plan: Plan, part: str, key: Key, actor: Entry | None, links: Links | None
    ) -> Entry:
        row, values = plan.row, self._own_values(plan.row.part(part), part)
        entry = Entry(part, next(self.ids[part]), uuid4(), values, row.number, 1, fresh=True)
        loaded = self._loaded(row, part, values)
        made = Creation(entry, key, actor or entry, loaded, links or Links(), self.task.publish)
        plan.creations.append(made)
        return entry

    def _loaded(self, row: Told, part: str, values: Values) -> dict[str, Any]:
        try:
            loaded = self._quick[part](values)
        except Unsure:
            try:
                loaded = self._schemas[part].load(values)
            except ValidationError as error:
                self._refuse(row, part, error.messages_dict)
                return {}
        if wrong := contradictions(part, loaded, self._levels):
            self._refuse(row, part, wrong)
        return loaded

    def _compare(self, plan: Plan, entry: Entry, actor: Entry, links: Links | None) -> None:
        row, by_id = plan.row, "id" in plan.row.part(entry.part)
        values: Values = {}
        for column, write in self._compared[entry.part]:
            raw, standing = row.raw[column.key], stands(entry, column)
            old = write(standing).strip()
            if raw == old or self._is_silent(column, raw, by_id=by_id):
                continue
            value = _value(row, column)
            if value is not None and _same(column, value, standing):
                continue
            if self._contradicts(row, entry, column, raw):
                continue
            plan.changes.append((entry, Change(column, old, raw)))
            _set(values, column, value)
        joined = self._joined(plan, entry, links, actor) if links else None
        if values or joined:
            self._edit(plan, entry, actor, values, joined)

    @staticmethod
    def _is_silent(column: Column, raw: str, *, by_id: bool) -> bool:
        """An empty cell empties an entry only where the row names it by its id."""
        return not raw and (not by_id or column.kind in _NEVER_EMPTIED)

    def _contradicts(self, row: Told, entry: Entry, column: Column, raw: str) -> bool:
        """Of two rows that say different things about an entry the first one is heard."""
        line, *said = entry.claims.get(column.key, (entry.line,))
        if not line:
            return False
        if raw and raw not in said:
            reason = _("Line %(line)s says something else about this. That stays.", line=line)
            row.notes.append(Remark(column, raw, reason))
        return True

    def _joined(self, plan: Plan, entry: Entry, links: Links, actor: Entry) -> Links | None:
        """Return the links that an offer does not have yet, None if it has them all."""
        if entry.line:
            return None
        new, linked = Links(at=links.at), [row["place"] for row in entry.now["places"]]
        if links.places is not None:
            wanted = [str(each.uuid) for each in links.places]
            if self.task.kind == "flat":
                wanted = linked + [each for each in wanted if each not in linked]
            if wanted != linked:
                there = {str(p.uuid): p for p in [*actor.parts["place"], *links.places]}
                new.places = [there[uuid] for uuid in wanted]
                self._joins(plan, entry, "place.name", links.places)
        if links.contact and str(links.contact.uuid) != entry.now.get("contact"):
            new.contact = links.contact
            self._joins(plan, entry, "contact.function", [links.contact])
        if any(
            change.column.key == "offer.hours" for each, change in plan.changes if each is entry
        ):
            new.hours = links.hours or ""
        return new if new != Links(at=links.at) else None

    def _joins(self, plan: Plan, entry: Entry, key: str, joined: list[Entry]) -> None:
        column = self._columns.get(key)
        if column:
            names = ", ".join(each.name for each in joined)
            plan.changes.append((entry, Change(column, "", names)))

    def _edit(
        self, plan: Plan, entry: Entry, actor: Entry, values: Values, links: Links | None
    ) -> None:
        row, part = plan.row, entry.part
        own = self._own_values(values, part)
        try:
            loaded = self._schemas[part].load(own, partial=True) if own else {}
        except ValidationError as error:
            self._refuse(row, part, error.messages_dict)
            return
        if wrong := contradictions(part, {**entry.now, **own}, self._levels):
            self._refuse(row, part, wrong)
        plan.edits.append(Edit(entry, actor, loaded, links or Links()))

    @staticmethod
    def _own_values(values: Values, part: str) -> Values:
        left_out = _OWN | _NOT_OF_SCHEMA.get(part, set())
        return {name: value for name, value in values.items() if name not in left_out}

    def _refuse(self, row: Told, part: str, errors: Mapping[str, Any]) -> None:
        for name, found in errors.items():
            for text in messages(found) or _deep(found):
                row.problems.append(self._remark(row, f"{part}.{name}", text))

    def _note(self, row: Told, key: str, reason: Any) -> None:
        row.notes.append(self._remark(row, key, reason))

    def _remark(self, row: Told, key: str, reason: Any) -> Remark:
        return Remark(self._columns.get(key), row.raw.get(key, ""), reason)


def _kept(part: str) -> set[str]:
    return {"postcode"} if part == "place" else set()


def _own(actor: Entry, part: str, uuid: str) -> Entry:
    """Return a place or contact of an actor; that of another is like one there is not."""
    for each in actor.parts.get(part, ()):
        if each.uuid == UUID(uuid):
            return each
    raise Refusal(f"offer.{part}_ids" if part == "place" else "offer.contact_id", NO_SUCH)


def _value(row: Told, column: Column) -> Any:
    value = row.part(column.part).get(column.name)
    return value.get(column.language) if column.language and value is not None else value


def _set(values: Values, column: Column, value: Any) -> None:
    if column.language:
        values.setdefault(column.name, {})[column.language] = value or ""
    elif value is None:
        empty = column.kind in ("terms", "regions", "languages", "ids")
        nothing: Any = [] if empty else None
        values[column.name] = "" if column.hints and not empty and _must(column) else nothing
    else:
        values[column.name] = value


def _must(column: Column) -> bool:
    return not column.field.allow_none


def _same(column: Column, value: Any, standing: Any) -> bool:
    if column.kind == "languages":
        return [(r["language"], r["by"]) for r in value] == [
            (r["language"], r["by"]) for r in standing or ()
        ]
    if column.kind == "regions" or column.key == "actor.fields":
        return sorted(value) == sorted(standing or ())
    return bool(value == standing)


def _deep(found: Any) -> list[str]:
    """Return the messages of rows within a field."""
    if isinstance(found, dict):
        return [text for inner in found.values() for text in (messages(inner) or _deep(inner))]
    return []
