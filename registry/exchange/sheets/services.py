"""Importing and exporting sheets."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.core.errors import Invalid
from registry.exchange.files import private_text
from registry.exchange.sheets.known import Goal
from registry.exchange.sheets.reading import opened
from registry.exchange.sheets.reports import Rejects, Report, table
from registry.exchange.sheets.running import Run, Wanted
from registry.regions import queries as regions

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Job:
    """A file and what to do with it, and where to write what is found: report, rejected rows."""

    file: Path
    region: str
    wanted: Wanted
    report: Path | None = None
    rejected: Path | None = None


def try_file(who: Who, job: Job, tick: Tick) -> dict[str, int]:
    """Judge the rows of a sheet and write none of them; return how many by verdict."""
    require(who, Permission.DATA_IMPORT, In(job.region))
    return _counted(who, job, tick, trial=True)


def import_file(who: Who, job: Job, tick: Tick) -> dict[str, int]:
    """Import a sheet; return how many rows by verdict.

    Nobody else sees anything of it before the caller commits.
    """
    require(who, Permission.DATA_IMPORT, In(job.region))
    return _counted(who, job, tick, trial=False)


def _counted(who: Who, job: Job, tick: Tick, *, trial: bool) -> dict[str, int]:
    if job.region not in regions.existing([job.region]):
        raise Invalid({"region": [_("This official key (AGS) does not exist.")]})
    run = Run(Goal(who, job.region, job.wanted.source), job.wanted, trial=trial)
    with ExitStack() as stack:
        source = stack.enter_context(opened(job.file))
        file = stack.enter_context(private_text(job.report)) if job.report else None
        report, rejects = Report(file), None
        if job.rejected:
            rows = stack.enter_context(table(job.rejected, source.form, _("Not imported")))
            rejects = Rejects(rows, source.header)
        run.take(source, report, rejects, tick)
    return report.counts
