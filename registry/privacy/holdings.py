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

    `ids` are the public ids of what is held at an e-mail address, `erase` deletes that and returns
    how many. One that is erased only `if_asked` stands against erasing the rest until then.
    """

    key: str
    ids: Callable[[str], set[str]]
    erase: Callable[[str], int]
    if_asked: bool = False


def keeps(app: Flask, *kinds: Kept) -> None:
    app.extensions.setdefault(KINDS, []).extend(kinds)


def holds(app: Flask, *holdings: Holding) -> None:
    app.extensions.setdefault(HOLDINGS, []).extend(holdings)


def kinds() -> list[Kept]:
    found: list[Kept] = current_app.extensions.get(KINDS, [])
    return found


def holdings() -> list[Holding]:
    found: list[Holding] = current_app.extensions.get(HOLDINGS, [])
    return found
