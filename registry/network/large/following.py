"""Following the paths of a large network in the background, piece by piece."""

from datetime import date, timedelta
from uuid import UUID

import numpy as np

from registry.core import jobs
from registry.core.db import db, now, own_transaction
from registry.network.catalogue.results import digest
from registry.network.large import queries
from registry.network.large.models import PathRun
from registry.network.large.paths import Sums, add, lines, order

PIECE = 100  # actors whose paths are followed between two signs of life
SILENT = timedelta(minutes=2)  # after which nobody is taken to work on it any more


def left_alone(run: PathRun) -> bool:
    """Return whether a run is unfinished and nobody works on it."""
    return run.done < run.total and run.beat_at < now() - SILENT


def work(uuid: UUID, day: date) -> int:
    """Follow all paths that are left of a run; return how many actors were taken."""
    with own_transaction() as session:
        run = queries.load_run(session, uuid)
        region, key, sums = run.region, run.digest, sums_of(run)
    graph = queries.load_network(region, day)
    db.session.rollback()
    if digest(graph) != key:
        return 0  # another network by now: it has a run of its own
    net, taken = lines(graph), 0
    turns = order(len(graph))
    while sums.done < len(graph):
        before = sums.done
        add(sums, net, turns[before : before + PIECE])
        taken += sums.done - before
        with own_transaction() as session:
            note(queries.load_run(session, uuid), sums)
    return taken


def sums_of(run: PathRun) -> Sums:
    """Return what a run has added up."""
    if run.sums is None or run.squares is None:
        return Sums.none(run.total)
    return Sums(run.done, np.frombuffer(run.sums).copy(), np.frombuffer(run.squares).copy())


def process_for(run: PathRun) -> None:
    """Leave a run to a process of its own, which works on as this one answers others."""
    jobs.start("network", "paths", "--run", str(run.uuid), settings={})


def note(run: PathRun, sums: Sums) -> None:
    """Write down how far a run is, as a sign of life."""
    run.done, run.beat_at = sums.done, now()
    run.sums, run.squares = sums.values.tobytes(), sums.squares.tobytes()
