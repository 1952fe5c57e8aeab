"""One import: every row is judged, and unless this is a trial what it says is done at once.

A trial and the import itself are the same but for the writing, so they come to the same verdicts.
Rows go through by the thousand and memory stays flat. Nobody commits here.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from flask_babel import gettext as _

from registry.core.db import db, now
from registry.core.errors import Invalid
from registry.core.versions import touch_everything
from registry.exchange.sheets import editing, queries, stock
from registry.exchange.sheets.columns import about
from registry.exchange.sheets.entries import Entry, Key, Notebook
from registry.exchange.sheets.judging import Judge, Task
from registry.exchange.sheets.known import Goal, Lookup
from registry.exchange.sheets.making import Maker
from registry.exchange.sheets.mapping import guess
from registry.exchange.sheets.matching import FOREIGN
from registry.exchange.sheets.models import ExternalId
from registry.exchange.sheets.plans import Plan
from registry.exchange.sheets.reading import Line, Source
from registry.exchange.sheets.reports import Rejects, Report
from registry.exchange.sheets.told import Teller

PIECE = 1000
NEEDED = {"actor": "name", "place": "name", "contact": "function", "offer": "title"}


@dataclass(frozen=True)
class Wanted:
    """What to do with a file: `mapping` names our column for each of its own, "" for none.

    `constants` are cells by column key for rows that have none; `source` names the register whose
    keys the file holds.
    """

    kind: str
    mapping: Sequence[str]
    constants: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    publish: bool = False


def mapped(kind: str, header: Sequence[str], told: Mapping[str, str]) -> list[str]:
    """Return our column for each of a file: as told by its header, else as it is guessed.

    A column of ours is told by its key or its title.
    """
    columns = stock.columns(kind)
    names = {word: each.key for each in columns for word in (each.key, each.title)}
    if unknown := sorted({*told.values()} - names.keys() - {""}):
        raise Invalid({"mapping": [_("Unknown value: %(value)s", value=", ".join(unknown)[:100])]})
    given = {title: names.get(name, "") for title, name in told.items()}
    free = [each for each in columns if each.key not in given.values()]
    guessed = guess(header, free)
    return [given.get(title, guessed[number]) for number, title in enumerate(header)]


def check_mapping(wanted: Wanted) -> None:
    """Raise unless the columns suffice to know what a row is about."""
    part = about(wanted.kind)
    used = [key for key in wanted.mapping if key]
    if len(set(used)) < len(used):
        raise Invalid({"mapping": [_("Two columns of the file are the same column here.")]})
    if not {f"{part}.id", f"{part}.key", f"{part}.{NEEDED[part]}"} & set(used):
        raise Invalid({"mapping": [_("No column says what the rows are about.")]})


class Run:
    """Takes the rows of a file; `tick` is told after each piece how many there have been."""

    def __init__(self, goal: Goal, wanted: Wanted, *, trial: bool) -> None:
        check_mapping(wanted)
        self.goal, self.wanted, self.trial = goal, wanted, trial
        known = {column.key: column for column in stock.columns(wanted.kind)}
        chosen = [known.get(key) for key in wanted.mapping]
        found = stock.words(goal.region)
        constants = {known[key]: text for key, text in wanted.constants.items() if text}
        self._teller = Teller(stock.reader(found), chosen, constants)
        titles = {key: column.title for key, column in known.items()}
        task = Task(wanted.kind, self._teller.columns, titles, wanted.publish)
        self._judge = Judge(task, stock.writer(found))

    def take(
        self, source: Source, report: Report, rejects: Rejects | None, tick: Callable[[int], None]
    ) -> None:
        with closing(Notebook()) as notebook:
            lookup, done = Lookup(self.goal, notebook), 0
            maker = None if self.trial else self._maker()
            while piece := list(islice(source.lines, PIECE)):
                for plan in self._take_piece(piece, lookup, maker):
                    report.add(plan)
                    if rejects and plan.verdict == "rejected":
                        rejects.add(plan.row)
                done += len(piece)
                tick(done)

    def _maker(self) -> Maker:
        touch_everything()
        return Maker(self.goal.who, self.goal.region, stock.term_ids(), stock.gazetteer())

    def _take_piece(self, lines: Sequence[Line], lookup: Lookup, maker: Maker | None) -> list[Plan]:
        rows = [self._teller.read(line) for line in lines]
        known = lookup.known(rows)
        plans = [self._judge.plan(row, known) for row in rows]
        if maker:
            self._write(plans, maker)
        lookup.notebook.note(pair for pairs in known.fresh.values() for pair in pairs)
        lookup.notebook.claim({id(e): e for p in plans for e, _change in p.changes}.values())
        return plans

    def _write(self, plans: list[Plan], maker: Maker) -> None:
        editing.change_actors(self.goal.who, plans)
        made = [
            each
            for plan in plans
            for each in plan.creations
            if each.entry.part in ("actor", "offer") or each.actor.fresh
        ]
        maker.write(made, now())
        editing.change_offers(self.goal.who, plans)
        for plan in plans:
            for key, entry in plan.keyed:
                self._note_key(key, entry)
        db.session.flush()

    def _note_key(self, key: Key, entry: Entry) -> None:
        """Remember what another register calls an entry."""
        kind, there = key.part.removeprefix(FOREIGN), (self.goal.region, self.goal.source)
        if not queries.repoint(*there, kind, key.name, entry.uuid):
            region, source = there
            values = {"region": region, "source": source, "kind": kind, "key": key.name}
            db.session.add(ExternalId(**values, record=entry.uuid))
