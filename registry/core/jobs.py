"""Work that nobody waits for: commands of our own in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from threading import Thread

from flask import current_app

_OURS = "import sys; from registry.cli import main; sys.exit(main(sys.argv[1:]))"


def start(*arguments: str, settings: Mapping[str, str]) -> None:
    """Run `registry ARGUMENTS` on this database, which goes on as this process answers others."""
    own = {
        "DATABASE_URL": current_app.extensions["settings"].database_url,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        **settings,
    }
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-c", _OURS, *arguments],
        env={**os.environ, **own},
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    # Somebody has to take note of its end, or it would stay in the list of processes.
    Thread(target=child.wait, daemon=True).start()
