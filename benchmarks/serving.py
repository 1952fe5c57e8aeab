"""A register served by waitress in a process of its own, with what stands beside it.

``python -m benchmarks.serving FILE`` prints its port when it answers, and ends with its input.
"""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.middleware.shared_data import SharedDataMiddleware

from benchmarks.folium_page import MODULES, PAGES
from benchmarks.registers import ROOT, address
from registry.app import create_app
from registry.config import Settings
from registry.server import waitress


@contextmanager
def served(file: Path) -> Iterator[str]:
    """Yield the address at which a register answers."""
    command = [sys.executable, "-m", "benchmarks.serving", str(file)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = process.stdout.readline().strip()
        if not port:
            raise RuntimeError("the server did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(10)


def _serve(file: str) -> None:
    settings = {"DATABASE_URL": address(Path(file)), "PORT": "0"}
    app = create_app(settings)
    folders = {"/folium": str(PAGES), "/modules": str(MODULES)}
    beside = SharedDataMiddleware(_packed(app.wsgi_app), folders)
    app.wsgi_app = beside  # type: ignore[method-assign]
    server = waitress(app, Settings.from_env(settings))
    threading.Thread(target=_end_with_input, daemon=True).start()
    print(server.effective_port, flush=True)
    server.run()


def _packed(behind: Any) -> Any:
    """Let `/packed/NAME` be the file that lies compressed beside NAME."""

    def answer(environ: dict[str, Any], start: Any) -> Any:
        folder, _slash, name = environ["PATH_INFO"].rpartition("/")
        if folder != "/packed":
            return behind(environ, start)
        body = packed(PAGES / name).read_bytes()
        kind = ("Content-Type", "text/html; charset=utf-8")
        size = ("Content-Length", str(len(body)))
        start("200 OK", [kind, size, ("Content-Encoding", "gzip")])
        return [body]

    return answer


def packed(file: Path) -> Path:
    """Return the compressed copy of a file, making it if there is none."""
    found = file.with_name(f"{file.name}.gz")
    if not found.exists() or found.stat().st_mtime < file.stat().st_mtime:
        found.write_bytes(gzip.compress(file.read_bytes(), 6, mtime=0))
    return found


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    _serve(sys.argv[1])
