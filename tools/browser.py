"""A Chromium for the tests: a given one, the system's, Debian's package, or Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from machine import apt_install

# The one without windows first: it does the same with a quarter less work.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def provide(binaries: Path) -> str | None:
    """Return the path of a Chromium; None where Playwright has its own or there is none."""
    if found := given() or on_path():
        return found
    if _playwright_has_one(binaries):
        return None
    if (apt_install(SHELL) or apt_install("chromium")) and (found := on_path()):
        return found
    print("setup: playwright install chromium", flush=True)
    command = [binaries / "python", "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        print("setup: left out: the browser tests, because no Chromium could be installed")
    return None


def given() -> str | None:
    path = os.environ.get("CHROMIUM_PATH")
    return path if path and Path(path).exists() else None


def on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _playwright_has_one(binaries: Path) -> bool:
    ask = (
        "import sys, os; from playwright.sync_api import sync_playwright as start\n"
        "with start() as p: sys.exit(not os.path.exists(p.chromium.executable_path))"
    )
    command = [binaries / "python", "-c", ask]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
