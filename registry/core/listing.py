"""What long tables share: filters that cannot fail, sorting, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import request, url_for

MAX_PAGE = 10**6


def one_of(name: str, allowed: Iterable[Any]) -> str:
    """Return the value of a filter, empty where it is none of those that exist."""
    given = request.args.get(name, "")
    return given if given in {str(value) for value in allowed} else ""


def page_number() -> int:
    given = request.args.get("page", "")
    return min(max(int(given), 1), MAX_PAGE) if given.isdecimal() and len(given) < 10 else 1


@dataclass(frozen=True)
class Listing:
    """One page of a table, and the addresses that lead on from it."""

    endpoint: str
    rows: Sequence[Any]
    total: int
    page: int
    per_page: int
    sort: str = ""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    def url(self, page: int) -> str:
        return self._address(page=page)

    def sorted_by(self, name: str) -> str:
        """Return the address of this list by a column; a second click turns it round."""
        return self._address(sort=f"-{name}" if self.sort == name else name, page=None)

    def direction(self, name: str) -> str:
        """Return how a column is sorted, as `aria-sort` says it."""
        return {name: "ascending", f"-{name}": "descending"}.get(self.sort, "none")

    def leading_to(self, endpoint: str, **values: Any) -> str:
        """Return the address of another page that gets the filters of this list."""
        return with_filters(endpoint, **{**(request.view_args or {}), **values})

    def _address(self, **changed: Any) -> str:
        return with_filters(self.endpoint, **{**changed, **(request.view_args or {})})


def with_filters(endpoint: str, **values: Any) -> str:
    """Return the address of a page with what this request asks for besides `values`.

    What a visitor named never becomes an argument of `url_for`, which has some of its own.
    """
    path, _mark, own = url_for(endpoint, **values).partition("?")
    asked = request.args.items()
    kept = urlencode([(name, value) for name, value in asked if value and name not in values])
    query = "&".join(filter(None, (kept, own)))
    return f"{path}?{query}" if query else path


def as_uuid(text: str | None) -> UUID | None:
    """Return the id that an address or a form names, None where it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
