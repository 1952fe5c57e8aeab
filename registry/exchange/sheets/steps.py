"""The way of a file: uploaded, its columns chosen, checked, imported. One service for each step.

A file that is small is worked on at once. A large one is left to a process of its own, which says
in the import's row how far it is; killed, it leaves nothing behind and can be started again.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from flask import current_app
from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.core import i18n, jobs
from registry.core.db import db, now, own_transaction
from registry.core.errors import Conflict, Invalid
from registry.exchange.sheets import queries, services, uploads
from registry.exchange.sheets.columns import SHEETS
from registry.exchange.sheets.mapping import fingerprint
from registry.exchange.sheets.models import ImportMapping, ImportRun, State
from registry.exchange.sheets.reading import head_of
from registry.exchange.sheets.reports import without_reasons
from registry.exchange.sheets.running import Wanted, check_mapping, mapped
from registry.exchange.sheets.services import Job
from registry.privacy import queries as retention

SMALL = {"csv": 300_000, "xlsx": 60_000}  # bytes
START = timedelta(seconds=20)  # until a process of its own should have begun
UNDER_WAY = (State.CHECKING, State.APPLYING)


def begin(who: Who, region: str, kind: str, name: str, stream: BinaryIO) -> ImportRun:
    """Keep an uploaded file and look at its columns."""
    require(who, Permission.DATA_IMPORT, In(region))
    if kind not in SHEETS:
        raise Invalid({"sheet": [_("Please choose what the file holds.")]})
    uploads.sweep(now() - timedelta(days=retention.days()["files"]))
    uuid = uuid4()
    try:
        size = uploads.keep(uuid, stream)
        head = head_of(uploads.path_of(uuid, "upload"))
    except BaseException:
        uploads.remove(uuid)
        raise
    run = ImportRun(
        uuid=uuid, region=region, sheet=kind, form=head.form, size=size, header=head.header
    )
    run.file_name, run.who_id, run.who_label = name[-200:], who.user_id, who.label or who.kind
    run.state = State.UPLOADED
    run.mapping = _remembered(run) or mapped(kind, head.header, {})
    run.options = {"samples": [row[:300] for row in head.samples]}
    db.session.add(run)
    db.session.flush()
    return run


def _remembered(run: ImportRun) -> list[str] | None:
    own = without_reasons(run.header)
    found = queries.load_mapping(run.region, fingerprint(run.sheet, own))
    return [*found.mapping, *[""] * (len(run.header) - len(own))] if found else None


def choose(who: Who, uuid: UUID, mapping: Sequence[str], options: Mapping[str, Any]) -> ImportRun:
    """Say which columns are which, remember that for files like this one, and have it checked."""
    run = _mine(who, uuid)
    require(who, Permission.DATA_IMPORT, In(run.region))
    _expect(run, State.UPLOADED, State.CHECKED)
    if options.get("publish"):
        require(who, Permission.ENTRY_REVIEW, In(run.region))
    run.mapping, run.options = list(mapping), {**run.options, **options}
    check_mapping(wanted(run))
    _remember(run)
    return _start(who, run, State.CHECKING)


def _remember(run: ImportRun) -> None:
    own = without_reasons(run.header)
    known = fingerprint(run.sheet, own)
    found = queries.load_mapping(run.region, known)
    if found is None:
        found = ImportMapping(region=run.region, fingerprint=known)
        db.session.add(found)
    found.mapping = run.mapping[: len(own)]


def apply(who: Who, uuid: UUID) -> ImportRun:
    """Import what was checked, or start again what was interrupted."""
    run = _mine(who, uuid)
    require(who, Permission.DATA_IMPORT, In(run.region))
    _expect(run, State.CHECKED)
    return _start(who, run, State.APPLYING)


def again(who: Who, uuid: UUID) -> ImportRun:
    """Start again what was interrupted: nothing of it is half done."""
    run = _mine(who, uuid)
    require(who, Permission.DATA_IMPORT, In(run.region))
    if not is_interrupted(run):
        raise Conflict(run)
    return _start(who, run, State(run.state))


def discard(who: Who, uuid: UUID) -> None:
    """Remove the files of an import; what it has imported stays."""
    run = _mine(who, uuid)
    require(who, Permission.DATA_IMPORT, In(run.region))
    if run.state in UNDER_WAY and not is_interrupted(run):
        raise Conflict(run)
    if run.state != State.DONE:
        run.state, run.finished_at = State.DISCARDED, now()
    uploads.remove(uuid)


def carry_out(who: Who, run: ImportRun, *, told: bool) -> None:
    """Do what an import is waiting for; `told`: say meanwhile how far it is.

    The caller commits, and so what was imported and that it was imported are one.
    """
    require(who, Permission.DATA_IMPORT, In(run.region))
    with uploads.locked(run.uuid) as mine:
        if not mine or run.state not in UNDER_WAY:
            return
        uuid, trial = run.uuid, run.state == State.CHECKING
        job = Job(
            uploads.path_of(uuid, "upload"),
            run.region,
            wanted(run),
            uploads.path_of(uuid, "report"),
            uploads.path_of(uuid, "rejected"),
        )
        work = services.try_file if trial else services.import_file
        # In SQLite only one writes at a time: an import has no means to say how far it is.
        silent = not told or (not trial and db.engine.dialect.name == "sqlite")
        counts = work(who, job, _Teller(run, quiet=silent))
        if told and trial:
            # What has been told meanwhile is newer than what this transaction has read.
            db.session.rollback()
            run = queries.load_run(who, uuid, lock=True)
        run.counts, run.error = counts, None
        run.done_rows = sum(number for name, number in counts.items() if name != "notes")
        run.state = State.CHECKED if trial else State.DONE
        run.finished_at = None if trial else now()
        db.session.flush()


def fail(who: Who, uuid: UUID, reason: str) -> None:
    """Note why a file could not be taken after all; it can be discarded or mapped anew."""
    run = _mine(who, uuid)
    require(who, Permission.DATA_IMPORT, In(run.region))
    run.state, run.error = State.UPLOADED, reason[:300]
    db.session.flush()


def is_interrupted(run: ImportRun) -> bool:
    """Return whether a process should be working on an import and none is."""
    begun = run.begun_at
    late = begun is None or now() - begun > START
    return run.state in UNDER_WAY and late and not uploads.is_worked_on(run.uuid)


def wanted(run: ImportRun) -> Wanted:
    told = run.options
    return Wanted(
        run.sheet,
        run.mapping,
        told.get("constants", {}),
        told.get("source", ""),
        publish=bool(told.get("publish")),
    )


def is_small(run: ImportRun) -> bool:
    return run.size <= SMALL[run.form]


def process_for(run: ImportRun) -> None:
    """Leave an import to a process of its own, which works on as this one answers others."""
    settings = {
        "IMPORT_DIR": str(uploads.folder().resolve()),
        "LANGUAGES": ",".join(current_app.config["LANGUAGES"]),
    }
    language = i18n.current().tag
    jobs.start("carry-out", str(run.uuid), "--language", language, settings=settings)


class _Teller:
    """Writes down how far an import is, in a transaction of its own."""

    def __init__(self, run: ImportRun, *, quiet: bool) -> None:
        self._key, self._quiet = run.id, quiet

    def __call__(self, done: int) -> None:
        if not self._quiet:
            with own_transaction() as session:
                session.execute(queries.progress(self._key, done))


def _start(who: Who, run: ImportRun, state: State) -> ImportRun:
    run.state, run.begun_at, run.error, run.done_rows = state, now(), None, 0
    run.who_id = who.user_id  # a process of its own acts with the same rights
    db.session.flush()
    if is_small(run):
        carry_out(who, run, told=False)
    return run


def _mine(who: Who, uuid: UUID) -> ImportRun:
    return queries.load_run(who, uuid, lock=True)


def _expect(run: ImportRun, *states: State) -> None:
    if run.state not in states:
        raise Conflict(run)
