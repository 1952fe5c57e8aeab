"""The life of an entry: draft, in review, published, archived; the same for actors and offers.

Whoever calls has loaded the row with a lock and asked for the permission to edit it. What may be
seen by everyone at once is decided here: by those who review, or by the actor itself where its
region says so. All else becomes a wish that waits for the office (`proposals`).
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from flask_babel import gettext as _
from marshmallow import EXCLUDE

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.actors.changes import touch
from registry.actors.models import Status
from registry.actors.proposals import queries, store
from registry.actors.proposals.models import Verb
from registry.actors.states import changes
from registry.audit.services import record, recorded
from registry.core.db import db
from registry.core.dumping import Dump, dumper, loadable
from registry.core.errors import Conflict, Invalid, NotAllowed
from registry.core.forms import RecordSchema
from registry.regions import queries as regions
from registry.texts.schemas import MINOR
from registry.texts.translated import Bodies

Row = TypeVar("Row", bound=Any)
Problems = dict[str, list[str]]
NOTHING: Mapping[str, Any] = {}


def goes_live(who: Who, row: Any) -> bool:
    """Return whether what `who` does to an entry they may edit is seen by everyone at once."""
    return may(who, Permission.ENTRY_REVIEW, row) or regions.rules(row.region).own_edits_live


def waits(who: Who, row: Any) -> bool:
    """Return whether changes `who` makes to an entry wait for the office."""
    return bool(row.status == Status.PUBLISHED) and not goes_live(who, row)


@dataclass(frozen=True)
class Life(Generic[Row]):
    """The verbs for one kind of entry: what its schema is, how data get in, what it may lack."""

    kind: str
    schema: type[RecordSchema]
    apply: Callable[[Who, Row, Mapping[str, Any]], None]
    lacking: Callable[[Row], Problems]

    def update(self, who: Who, row: Row, version: int, data: Mapping[str, Any]) -> Row:
        """Change a row that still has the given version, or let the change wait."""
        return self.work(who, row, version, lambda: self.apply(who, row, data), data)

    def work(
        self,
        who: Who,
        row: Row,
        version: int,
        change: Callable[[], None],
        said: Mapping[str, Any] = NOTHING,
    ) -> Row:
        """Let `change` work on a row that still has the given version, or let its outcome wait.

        `said` are the fields it will set, where that is known.
        """
        if row.version != version:
            raise Conflict(row)
        if not waits(who, row):
            return self.rework(who, row, change)
        self._propose(who, row, change, said)
        return row

    def change(self, who: Who, row: Row, data: Mapping[str, Any]) -> Row:
        """Change a row whatever its version, without asking whether it may go live."""
        return self.rework(who, row, lambda: self.apply(who, row, data))

    def rework(self, who: Who, row: Row, change: Callable[[], None]) -> Row:
        """Let `change` work on a row at once."""
        with self.recorded(who, "updated", row):
            touch(row)
            with db.session.no_autoflush:
                change()
        return row

    def publish(self, who: Who, row: Row) -> Row:
        if not goes_live(who, row):
            raise NotAllowed
        self._complete(row)
        return self.set_status(who, row, Status.PUBLISHED)

    def submit(self, who: Who, row: Row) -> Row:
        """Put a draft up for review."""
        if row.status not in (Status.DRAFT, Status.REVIEW):
            raise Invalid({"status": [_("Only a draft can be put up for review.")]})
        self._complete(row)
        self.set_status(who, row, Status.REVIEW)
        store.put(who, row, Verb.PUBLISH)
        return row

    def take_back(self, who: Who, row: Row) -> Row:
        """Take back whatever waits for the office."""
        store.withdraw(row.uuid)
        record(who, f"{self.kind}.taken_back", row)
        return self.set_status(who, row, Status.DRAFT) if row.status == Status.REVIEW else row

    def archive(self, who: Who, row: Row) -> Row:
        if not waits(who, row):
            return self.set_status(who, row, Status.ARCHIVED)
        store.put(who, row, Verb.ARCHIVE)
        record(who, f"{self.kind}.proposed", row)
        return row

    def restore(self, who: Who, row: Row) -> Row:
        """Make a draft of it again."""
        if waits(who, row):
            raise NotAllowed
        return self.set_status(who, row, Status.DRAFT)

    def confirm(self, who: Who, row: Row, day: date) -> Row:
        with self.recorded(who, "confirmed", row):
            row.last_confirmed = day
            touch(row)
        return row

    def set_status(self, who: Who, row: Row, status: Status) -> Row:
        with self.recorded(who, status, row):
            row.status = status
            touch(row)
        store.overtake(row.uuid, status)
        return row

    def recorded(self, who: Who, verb: str, *rows: Row) -> AbstractContextManager[None]:
        return recorded(who, f"{self.kind}.{verb}", *rows)

    @cached_property
    def reader(self) -> RecordSchema:
        """The schema of the office that passes over what cannot be loaded."""
        return self.schema(audience="office", unknown=EXCLUDE)

    @cached_property
    def dumped(self) -> Dump:
        return dumper(self.schema(audience="office"))

    def load(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Load some fields as the office's schema once dumped them."""
        loaded: dict[str, Any] = self.reader.load(data, partial=True)
        for name in data.get(MINOR, ()):
            loaded[name] = Bodies(loaded[name], minor=True)
        return loaded

    def dump(self, row: Row) -> dict[str, Any]:
        """Return what can be loaded of a row, as plain JSON."""
        return loadable(self.reader, self.dumped(row))

    def dump_some(self, row: Row, names: Iterable[str]) -> dict[str, Any]:
        """Return some fields of what `dump` returns, and read no others of the row."""
        found = _dump_of(self.schema, frozenset(names))(row)
        return loadable(self.reader, found)

    def _complete(self, row: Row) -> None:
        if problems := self.lacking(row):
            raise Invalid(problems)

    def _propose(
        self, who: Who, row: Row, change: Callable[[], None], said: Mapping[str, Any]
    ) -> None:
        """Let a change wait, together with what of the same person's waits already."""
        waiting = [each for each in queries.load_waiting(row.uuid) if each.verb == Verb.UPDATE]
        earlier = self.load(waiting[0].data) if waiting else {}
        before = self.dump(row)
        kept = {name: v for name, v in earlier.items() if name not in said or isinstance(v, dict)}
        wanted = changes(before, self._tried(who, row, kept, change))
        if not wanted:
            store.withdraw(row.uuid)
            return
        texts = {**earlier, **said}
        small = [name for name in wanted if getattr(texts.get(name), "minor", False)]
        asked = {**wanted, MINOR: small} if small else wanted
        store.put(who, row, Verb.UPDATE, asked, {name: before[name] for name in wanted})
        record(who, f"{self.kind}.proposed", row)

    def _tried(
        self, who: Who, row: Row, earlier: Mapping[str, Any], change: Callable[[], None]
    ) -> dict[str, Any]:
        """Return what a change would make of a row; every rule is asked, nothing stays."""
        with db.session.begin_nested() as trial:
            if earlier:
                self.change(who, row, earlier)
            self.rework(who, row, change)
            made = self.dump(row)
            trial.rollback()
        return made


@lru_cache(maxsize=100)
def _dump_of(schema: type[RecordSchema], names: frozenset[str]) -> Dump:
    made = schema(audience="office")
    asked = {name: field for name, field in made.dump_fields.items() if _key(name, field) in names}
    made.dump_fields = asked
    return dumper(made)


def _key(name: str, field: Any) -> str:
    return str(field.data_key or name)
