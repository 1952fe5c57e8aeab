"""The verdict on a row: new, changed, unchanged or rejected, and why."""

from collections.abc import Mapping, Sequence
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
from registry.exchange.sheets.comparing import Comparer
from registry.exchange.sheets.complete import lacking
from registry.exchange.sheets.entries import Entry, Key
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
from registry.exchange.sheets.plans import Creation, Edit, Links, Plan, contradictions
from registry.exchange.sheets.quick import Unsure, loader
from registry.exchange.sheets.told import Remark, Told, Values

HOURS_WITHOUT_PLACE = _l("The times were left out: they need a place.")
_OWN = {"id", "key"}
_NOT_OF_SCHEMA = {"offer": {"hours", "place_ids", "contact_id"}, "actor": {"postcode"}}
PLACES = "Standort"
FUNCTION = "Auskunft"  # what a contact without a name is


@dataclass(frozen=True)
class Task:
    """What is imported: the sheet, our columns in the file, the titles of all by their keys."""

    kind: str
    columns: Sequence[Column]
    titles: Mapping[str, str]
    publish: bool = False


class Judge:
    """Judges the rows of one import."""

    def __init__(self, task: Task, writer: Writer) -> None:
        self.task = task
        self.whole = {part: has_whole(task.kind, part) for part in SCHEMAS}
        self._schemas = {part: kind(audience="office") for part, kind in SCHEMAS.items()}
        self._quick = {part: loader(schema) for part, schema in self._schemas.items()}
        self._columns = {column.key: column for column in task.columns}
        self._titles = task.titles
        self._levels = list(writer.words.terms["level"].labels)
        self._comparer = Comparer(task.columns, writer, flat=task.kind == "flat")

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
        entry = Entry(part, uuid4(), values, 0, row.number, fresh=True)
        entry.said = self._comparer.cells(row, part)
        loaded = self._loaded(row, part, values)
        made = Creation(entry, key, actor or entry, loaded, links or Links(), self.task.publish)
        plan.creations.append(made)
        if made.publish and (left := lacking(made)):
            made.publish = False
            titles = ", ".join(self._titles.get(f"{part}.{name}", PLACES) for name in left)
            reason = _("Stays a draft. It lacks: %(fields)s", fields=titles)
            row.notes.append(Remark(None, "", reason))
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
        values = self._comparer.changed(plan, entry)
        joined = self._comparer.joined(plan, entry, links, actor) if links else None
        if values or joined:
            self._edit(plan, entry, actor, values, joined)

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


def _own(actor: Entry, part: str, uuid: str) -> Entry:
    """Return a place or contact of an actor; that of another is like one there is not."""
    for each in actor.parts.get(part, ()):
        if each.uuid == UUID(uuid):
            return each
    raise Refusal(f"offer.{part}_ids" if part == "place" else "offer.contact_id", NO_SUCH)


def _deep(found: Any) -> list[str]:
    """Return the messages of rows within a field."""
    if isinstance(found, dict):
        return [text for inner in found.values() for text in (messages(inner) or _deep(inner))]
    return []
