"""What features tell of the personal data they hold: how long, and how to erase them.

Privacy stands below the features and knows none: the application wires them together.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, Date, true

from registry.core import i18n

KINDS, HOLDINGS = "retention_kinds", "privacy_holdings"  # in app.extensions


@dataclass(frozen=True)
class Kind:
    """Records that are deleted some days after `since`; `least` and `days` are in days."""

    key: str
    label: Any
    model: Any
    since: Any
    days: int
    least: int = 0
    only: ColumnElement[bool] = field(default_factory=true)

    def old(self, at: datetime, days: int) -> ColumnElement[bool]:
        """Return the condition for what has been kept long enough."""
        before = at - timedelta(days=days)
        of_days = isinstance(self.since.type, Date)
        old: ColumnElement[bool] = self.since < (
            before.astimezone(i18n.ZONE).date() if of_days else before
        )
        return old


@dataclass(frozen=True)
class Leftovers:
    """What is kept of something and is no row by itself, as a file; `days` as for a kind.

    `count` says how much of it is older than a moment, `clear` removes that and says how much.
    """

    key: str
    label: Any
    count: Callable[[datetime], int]
    clear: Callable[[datetime], int]
    days: int
    least: int = 0


Kept = Kind | Leftovers


@dataclass(frozen=True)
class Holding:
    """Records that belong to a person as a whole and are deleted, not blackened.

    They are a person's where the column `owner` names it, or where they were chosen. `erase` takes
    their public ids and returns how many it deleted, `named` says what they are called. One that
    is erased only `if_asked` stands against erasing the rest until then.
    """

    key: str
    table: str
    erase: Callable[[set[str]], int]
    owner: str = ""
    named: Callable[[set[str]], dict[str, str]] = field(default=lambda _ids: {})
    if_asked: bool = False


@dataclass(frozen=True)
class Files:
    """Files that name a person and are deleted for it.

    `find` returns the names of those in which some text satisfies a condition.
    """

    key: str
    find: Callable[[Callable[[str], bool]], set[str]]
    erase: Callable[[set[str]], int]


def keeps(app: Flask, *kinds: Kept) -> None:
    app.extensions.setdefault(KINDS, []).extend(kinds)


def holds(app: Flask, *holdings: Holding | Files) -> None:
    app.extensions.setdefault(HOLDINGS, []).extend(holdings)


def kinds() -> list[Kept]:
    found: list[Kept] = current_app.extensions.get(KINDS, [])
    return found


def holdings() -> list[Holding]:
    return [each for each in _all() if isinstance(each, Holding)]


def files() -> list[Files]:
    return [each for each in _all() if isinstance(each, Files)]


def _all() -> list[Holding | Files]:
    found: list[Holding | Files] = current_app.extensions.get(HOLDINGS, [])
    return found
