"""Everything between a fresh clone and a running register; only the standard library is needed.

Usage: ``tools/setup.py run | test | check | bench | catalogues | wheel | ready [arguments]``
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import browser
from machine import SetupError, apt_install, call, status_of

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCALES = ROOT / "registry" / "locales"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OLDEST = (3, 11)
PIP = (BIN / "python", "-m", "pip", "--disable-pip-version-check")
ASSETS = (str(BIN / "python"), "tools/assets.py")
# Whoever is done takes over what the slowest has not begun.
SIDE_BY_SIDE = ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal")
LOCKS = ("requirements.lock", "requirements-dev.lock")


def main() -> int:
    tasks = {
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "catalogues": catalogues,
        "wheel": wheel,
        "ready": prepare,
    }
    name, arguments = (sys.argv[1:2] or [""])[0], sys.argv[2:]
    os.chdir(ROOT)
    try:
        if sys.version_info < OLDEST:
            found = ".".join(map(str, sys.version_info[:2]))
            hint = f"make PYTHON=python3.12 {name}"
            raise SetupError(f"Python 3.11 or newer is needed, not {found}. Try: {hint}")
        if name not in tasks:
            raise SetupError(f"Usage: tools/setup.py {' | '.join(tasks)}")
        return tasks[name](arguments)
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        shown = " ".join(map(str, error.cmd))
        print(f"setup: failed with status {error.returncode}: {shown}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def run(arguments: list[str]) -> NoReturn:
    """Serve; only on loopback is an empty database filled and an account made."""
    ready("requirements.lock")
    registry = str(BIN / "registry")
    if os.environ.get("HOST", "127.0.0.1") in LOOPBACK:
        arguments = ["--demo", *arguments]
    else:
        call(registry, "migrate")
    sys.stdout.flush()
    os.execv(registry, [registry, "serve", *arguments])


def test(arguments: list[str]) -> int:
    ready("requirements-dev.lock")
    env = dict(os.environ)
    if chromium := browser.provide(BIN):
        env["CHROMIUM_PATH"] = chromium
    return status_of(BIN / "pytest", "-rs", *SIDE_BY_SIDE, *arguments, env=env)


def check(_arguments: list[str]) -> int:
    """Run all checks side by side and show what each has to say, even when one fails early."""
    ready("requirements-dev.lock")
    checks = {
        "format": ["ruff", "format", "--check", "."],
        "lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "layers": ["lint-imports"],
        "architecture": ["pytest", "tests/architecture"],
    }
    started = {name: begin(command) for name, command in checks.items()}
    failed = [name for name, process in started.items() if not shown(name, process)]
    print(f"check: failed: {', '.join(failed)}" if failed else "check: all good")
    return 1 if failed else 0


def begin(command: list[str]) -> subprocess.Popen[str]:
    """Start a check; what it says is shown when its turn comes."""
    return subprocess.Popen(
        [str(BIN / command[0]), *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def shown(name: str, process: subprocess.Popen[str]) -> bool:
    output, _nothing = process.communicate()
    print(f"== {name}\n{output.strip()}", flush=True)
    return process.returncode == 0


def bench(arguments: list[str]) -> int:
    ready("requirements-dev.lock")
    env = dict(os.environ)
    if chromium := browser.provide(BIN):
        env["CHROMIUM_PATH"] = chromium
    return status_of(BIN / "python", "-m", "benchmarks.run", *arguments, env=env)


def catalogues(arguments: list[str]) -> int:
    ready("requirements-dev.lock")
    status = status_of(BIN / "python", "tools/catalogues.py", *arguments)
    compile_catalogues()
    return status


def wheel(_arguments: list[str]) -> int:
    ready("requirements.lock")
    call(*PIP, "wheel", "-qq", "--no-deps", "--no-build-isolation", "-w", "dist", ".")
    return 0


def prepare(_arguments: list[str]) -> int:
    ready("requirements-dev.lock")
    return 0


def ready(lock: str) -> None:
    """Bring environment, browser assets and catalogues up to date; seconds when they are."""
    make_environment()
    if shutil.which("npm"):
        # Its packages come from elsewhere: they are fetched while pip unpacks ours.
        with subprocess.Popen(ASSETS) as assets:
            install(lock)
        finished(assets)
    else:
        install(lock)
        provide_npm()
        path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
        call(*ASSETS, env={**os.environ, "PATH": path})
    compile_catalogues()


def finished(process: subprocess.Popen[bytes]) -> None:
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)


def make_environment() -> None:
    if (BIN / "python").exists() and (BIN / "pip").exists():
        return
    print("setup: making .venv", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0:
        return
    # Debian and Ubuntu split venv off Python.
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not apt_install(package):
        raise SetupError(f"Python's venv module is missing: apt-get install {package}")
    call(*command)


def install(lock: str) -> None:
    """Install the locked packages, unless the stamp says that they are there."""
    # The development set contains the other.
    if any(stamped(name) for name in (lock, LOCKS[-1])):
        return
    print(f"setup: installing {lock}", flush=True)
    # The pip that comes with Python takes twice as long to find what a lock names.
    call(*PIP, "install", "-qq", "--require-hashes", "-r", "requirements-pip.lock")
    # What is imported is compiled then: that is a third of it.
    later = [] if sys.dont_write_bytecode else ["--no-compile"]
    call(*PIP, "install", "-qq", *later, "--require-hashes", "-r", lock)
    call(*PIP, "install", "-qq", "--no-deps", "--no-build-isolation", "-e", ".")
    stamp(lock).write_text(digest(lock))


def stamp(lock: str) -> Path:
    return VENV / f"stamp-{lock}"


def stamped(lock: str) -> bool:
    return stamp(lock).exists() and stamp(lock).read_text() == digest(lock)


def digest(lock: str) -> str:
    content = (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def provide_npm() -> None:
    """Where the machine has no npm, a package brings it into the environment."""
    if shutil.which("npm") or (BIN / "npm").exists():
        return
    print("setup: no npm here, installing requirements-node.lock", flush=True)
    call(*PIP, "install", "-qq", "--require-hashes", "-r", "requirements-node.lock")


def compile_catalogues() -> None:
    sources = list(LOCALES.glob("*/LC_MESSAGES/*.po"))
    if any(outdated(source, source.with_suffix(".mo")) for source in sources):
        call(BIN / "pybabel", "-q", "compile", "-d", LOCALES)


def outdated(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
