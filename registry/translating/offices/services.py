"""Handing texts out to translation offices, and taking back what they made of them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, may, require
from registry.audit.services import record
from registry.core import i18n
from registry.exchange.sheets.handing_out import Export
from registry.translating import queries
from registry.translating.offices import ids, judging
from registry.translating.offices.ids import TextId
from registry.translating.offices.judging import Goal, Verdict, counted, judge
from registry.translating.offices.reading import Line, Returned, read
from registry.translating.offices.writing import WRITERS, Text
from registry.translating.queries import Wanted
from registry.translating.services import put
from registry.translating.units import Unit, units_of
from registry.upkeep.kinds import KINDS
from registry.vocabulary.models import Term

PIECE = 100  # entries that are loaded at once
Lines = list[tuple[TextId, Line]]
Told = dict[str, Lines]  # by the keys of texts


@dataclass(frozen=True)
class Job:
    """A file that came back, and whether a machine made it."""

    file: Path
    machine: bool


def hand_out(who: Who, wanted: Wanted, path: Path, form: str, region: str) -> int:
    """Write the texts of a work list in its one language; return how many. The log notes it."""
    require(who, Permission.DATA_EXPORT, None)
    language = wanted.languages[0]
    count = WRITERS[form](path, language, _texts(who, wanted))
    record(who, "data.exported", Export(region, f"{form} {language}"), {"rows": [None, count]})
    return count


def try_file(who: Who, job: Job) -> tuple[str, list[Verdict]]:
    """Return the language of a file and what each of its texts would do. Writes nothing."""
    require(who, Permission.DATA_IMPORT, None)
    returned = read(job.file, queries.others())
    return returned.language, list(_judged(who, job, returned, write=False))


def take_back(who: Who, job: Job) -> Counter[str]:
    """Set what a file brings; return how many texts by verdict. All of it, or nothing."""
    require(who, Permission.DATA_IMPORT, None)
    returned = read(job.file, queries.others())
    return counted(_judged(who, job, returned, write=True))


def _texts(who: Who, wanted: Wanted) -> Iterator[Text]:
    language, spots = wanted.languages[0], queries.spots(who, wanted)
    for start in range(0, len(spots), PIECE):
        for kind, row in queries.load_spots(spots[start : start + PIECE]):
            if not may(who, Permission.DATA_IMPORT, row):
                continue  # what one keeps as its actor is translated in the editor
            for unit in units_of(KINDS[kind], row):
                if unit.state(language) in wanted.states:
                    yield _text(kind, row, unit, language)


def _text(kind: str, row: Any, unit: Unit, language: str) -> Text:
    known = TextId(kind, row.uuid, unit.key, unit.version, ids.digest(unit.german))
    state, body = unit.state(language), unit.body(language)
    return Text(known, str(row), _label(unit), unit.german, body, state, unit.limit)


def _label(unit: Unit) -> str:
    """Return what people call a text: its field, and the row of the entry that it is of."""
    about = unit.about
    if isinstance(about, Term):
        about = about.labels.shown(i18n.current().tag).body
    elif isinstance(about, date):
        about = i18n.long_date(about)
    return f"{unit.label} · {about}" if about else str(unit.label)


def _judged(who: Who, job: Job, returned: Returned, *, write: bool) -> Iterator[Verdict]:
    """Yield a verdict on each text; where it is to be written, set those of an entry at once."""
    goal = Goal(returned.language, job.machine)
    entries, strange = _by_entry(returned.lines)
    yield from map(_unknown, strange)
    for kind, told in entries.items():
        for uuid, row in _rows(who, kind, list(told), lock=write):
            found = list(_of_entry(kind, row, told[uuid], goal))
            if write and row is not None:
                _write(who, kind, row, goal.language, found)
            yield from found


def _rows(
    who: Who, kind: str, uuids: Sequence[UUID], *, lock: bool
) -> Iterator[tuple[UUID, Any | None]]:
    """Yield entries by id; None where there is none, or none that is for this office."""
    for start in range(0, len(uuids), PIECE):
        some = uuids[start : start + PIECE]
        rows = queries.load_editable(who, kind, some)
        for uuid in some:
            row = rows.get(uuid)
            mine = row is not None and may(who, Permission.DATA_IMPORT, row)
            if mine and lock:
                row = KINDS[kind].load(who, uuid, lock=True)
            yield uuid, row if mine else None


def _write(who: Who, kind: str, row: Any, language: str, found: Sequence[Verdict]) -> None:
    worded = {each.key: (each.body, each.made) for each in found if each.made}
    if worded:
        put(who, KINDS[kind], row, language, worded)


def _of_entry(kind: str, row: Any | None, told: Told, goal: Goal) -> Iterator[Verdict]:
    """Yield a verdict on each line about an entry, and on its texts that the file leaves out."""
    units = {unit.key: unit for unit in units_of(KINDS[kind], row)} if row else {}
    for key, lines in told.items():
        for verdict in _of_text(units.get(key), lines, goal):
            yield replace(verdict, entry=str(row or ""))
    for unit in judging.absent(units.values(), told, goal.language):
        old = unit.body(goal.language)
        yield Verdict("absent", entry=str(row), label=_label(unit), old=old)


def _of_text(unit: Unit | None, lines: Lines, goal: Goal) -> Iterator[Verdict]:
    for known, line in lines:
        if unit is None:
            yield _unknown(line)
        elif len(lines) > 1:
            reason = _("This text stands in the file more than once.")
            yield Verdict("rejected", label=_label(unit), body=line.body, reason=reason)
        else:
            yield replace(judge(unit, known, line, goal), label=_label(unit))


def _by_entry(lines: Sequence[Line]) -> tuple[dict[str, dict[UUID, Told]], list[Line]]:
    """Return the lines by kind, entry and text, and those whose id is none of ours."""
    entries: dict[str, dict[UUID, Told]] = {kind: {} for kind in KINDS}
    strange = []
    for line in lines:
        known = ids.parse(line.id)
        if known is None or known.kind not in KINDS:
            strange.append(line)
        else:
            told = entries[known.kind].setdefault(known.entry, {})
            told.setdefault(known.key, []).append((known, line))
    return entries, strange


def _unknown(line: Line) -> Verdict:
    reason = _("There is no such text in this register.")
    return Verdict("rejected", label=line.id[:120], body=line.body, reason=reason)
