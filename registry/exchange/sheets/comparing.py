"""What a row would change of an entry that is there: cell by cell, as the entry is written out."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from flask_babel import gettext as _

from registry.exchange.sheets.cells import Writer
from registry.exchange.sheets.columns import SCHEMAS, Column
from registry.exchange.sheets.entries import Entry, stands
from registry.exchange.sheets.known import name_key
from registry.exchange.sheets.plans import Change, Links, Plan
from registry.exchange.sheets.told import Remark, Told, Values

_NAMES = {"actor.name", "place.name", "contact.function", "offer.title"}
_NEVER_EMPTIED = {"flag", "option", "id"}
_LISTS = {"terms", "regions", "languages", "ids"}


class Comparer:
    """Compares the cells of these columns; `flat` sheets name one place of an offer only."""

    def __init__(self, columns: Sequence[Column], writer: Writer, *, flat: bool) -> None:
        self._columns = {column.key: column for column in columns}
        self._flat = flat
        self._raw = {part: _getter([c.key for c in columns if c.part == part]) for part in SCHEMAS}
        self._written: dict[str, list[tuple[Column, Callable[[Any], str]]]] = {
            part: [
                (column, writer.of(column))
                for column in columns
                if column.part == part and column.name not in _identifying(part)
            ]
            for part in SCHEMAS
        }

    def cells(self, row: Told, part: str) -> tuple[str, ...]:
        """Return the cells of a part, to know it again in another row."""
        return self._raw[part](row.raw)

    def changed(self, plan: Plan, entry: Entry) -> Values:
        """Note the cells that differ; return their values by field."""
        row, by_id = plan.row, "id" in plan.row.part(entry.part)
        if entry.said and entry.said == self.cells(row, entry.part):
            return {}
        values: Values = {}
        for column, write in self._written[entry.part]:
            raw, standing = row.raw[column.key], stands(entry, column)
            old = write(standing).strip()
            if raw == old or _is_silent(column, raw, old, by_id=by_id):
                continue
            value = _value(row, column)
            if value is not None and _same(column, value, standing):
                continue
            if not _is_heard(row, entry, column, raw):
                continue
            plan.changes.append((entry, Change(column, old, raw)))
            _set(values, column, value)
        return values

    def joined(self, plan: Plan, offer: Entry, links: Links, actor: Entry) -> Links | None:
        """Return the links that an offer does not have yet, None if it has them all."""
        if offer.line:
            return None
        new = Links(at=links.at)
        new.places = self._places(plan, offer, links, actor)
        if links.contact and str(links.contact.uuid) != offer.now.get("contact"):
            new.contact = links.contact
            self._note(plan, offer, "contact.function", [links.contact])
        if any(
            change.column.key == "offer.hours" for each, change in plan.changes if each is offer
        ):
            new.hours = links.hours or ""
        return new if new != Links(at=links.at) else None

    def _places(self, plan: Plan, offer: Entry, links: Links, actor: Entry) -> list[Entry] | None:
        """Return all places an offer is to have if it gets another one."""
        linked = [row["place"] for row in offer.now["places"]]
        if links.places is None:
            return None
        wanted = [str(each.uuid) for each in links.places]
        if self._flat:
            wanted = linked + [each for each in wanted if each not in linked]
        if wanted == linked:
            return None
        self._note(plan, offer, "place.name", links.places)
        there = {str(place.uuid): place for place in [*actor.parts["place"], *links.places]}
        return [there[uuid] for uuid in wanted]

    def _note(self, plan: Plan, offer: Entry, key: str, joined: list[Entry]) -> None:
        if column := self._columns.get(key):
            names = ", ".join(each.name for each in joined)
            plan.changes.append((offer, Change(column, "", names)))


def _getter(keys: list[str]) -> Callable[[Mapping[str, str]], tuple[str, ...]]:
    return itemgetter(*keys) if len(keys) > 1 else lambda raw: tuple(raw[key] for key in keys)


def _identifying(part: str) -> set[str]:
    """Return the columns by which a row finds its entry, and which say nothing else about it."""
    return {"id", "key"} if part == "place" else {"id", "key", "postcode"}


def _is_silent(column: Column, raw: str, old: str, *, by_id: bool) -> bool:
    """Return whether a cell that differs wants no change.

    An empty one empties an entry only where the row names it by its id; and what found the entry by
    its name does not rename it.
    """
    if not raw:
        return not by_id or column.kind in _NEVER_EMPTIED
    return not by_id and column.key in _NAMES and name_key(raw) == name_key(old)


def _is_heard(row: Told, entry: Entry, column: Column, raw: str) -> bool:
    """Of two rows that say different things about an entry only the first one is heard."""
    line, *said = entry.claims.get(column.key, (entry.line,))
    if line and raw and raw not in said:
        reason = _("Line %(line)s says something else about this. That stays.", line=line)
        row.notes.append(Remark(column, raw, reason))
    return not line


def _value(row: Told, column: Column) -> Any:
    value = row.part(column.part).get(column.name)
    return value.get(column.language) if column.language and value is not None else value


def _set(values: Values, column: Column, value: Any) -> None:
    """Set a field; an emptied one holds what its schema takes for nothing."""
    if column.language:
        values.setdefault(column.name, {})[column.language] = value or ""
    elif value is not None:
        values[column.name] = value
    elif column.kind in _LISTS:
        values[column.name] = []
    else:
        nullable = column.field is None or column.field.allow_none
        values[column.name] = None if nullable else ""


def _same(column: Column, value: Any, standing: Any) -> bool:
    if column.kind == "languages":
        return _spoken(value) == _spoken(standing or ())
    if column.kind == "regions" or column.key == "actor.fields":
        return sorted(value) == sorted(standing or ())
    return bool(value == standing)


def _spoken(rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(row["language"], row["by"]) for row in rows]
