"""The `registry` command: what an operator does at the machine itself."""

from registry.cli.base import commands
from registry.cli.main import main

__all__ = ["commands", "main"]
