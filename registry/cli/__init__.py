"""The `registry` command: what an operator does at the machine itself."""

import gc

# What is loaded now stays: to look through it again and again is a quarter of a command's start.
_collecting = gc.isenabled()
gc.disable()

from registry.cli.base import commands  # noqa: E402
from registry.cli.main import main  # noqa: E402

gc.freeze()
if _collecting:
    gc.enable()

__all__ = ["commands", "main"]
