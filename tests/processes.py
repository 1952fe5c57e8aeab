"""Other processes of the register, for tests.

They come out of one that has loaded the program already, because loading takes most of a second
and a test may need many.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

PATIENCE = 120  # seconds
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["registry.cli", "tests.search.worker"])


def started(work: Callable[..., object], *arguments: Any) -> ForkServerProcess:
    """Start a process that does this; function and arguments must be found by their names."""
    process = _context.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def done(process: ForkServerProcess) -> None:
    """Wait until a process has done its work, and done it well."""
    process.join(PATIENCE)
    assert process.exitcode == 0


@contextmanager
def telling(
    work: Callable[..., object], *arguments: Any
) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """Start a process that sends word through its first argument; it is killed at the end."""
    here, there = _context.Pipe(duplex=False)
    process = started(work, there, *arguments)
    there.close()
    try:
        yield process, here
    finally:
        process.kill()
        process.join(PATIENCE)
        here.close()
