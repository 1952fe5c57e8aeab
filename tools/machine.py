"""What the set-up asks of the machine: run a command, keep its failure short, install a package."""

from __future__ import annotations

import os
import shutil
import subprocess


class SetupError(Exception):
    """What is missing, as one clear line."""


def call(*command: object, env: dict[str, str] | None = None) -> None:
    subprocess.run([str(part) for part in command], check=True, env=env)


def status_of(*command: object, env: dict[str, str] | None = None) -> int:
    return subprocess.run([str(part) for part in command], check=False, env=env).returncode


def apt_install(*packages: str) -> bool:
    """Install packages of Debian or Ubuntu; return whether that was possible and worked."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"setup: apt-get install {' '.join(packages)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _quietly(["apt-get", "update", "-q"], env)
    return _quietly(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], env)


def _quietly(command: list[str], env: dict[str, str]) -> bool:
    nothing = subprocess.DEVNULL
    done = subprocess.run(command, env=env, stdin=nothing, stdout=nothing, check=False)
    return done.returncode == 0
