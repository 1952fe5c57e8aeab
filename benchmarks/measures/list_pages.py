"""Goal 10: the overview page, by the whole application without a server.

Uncached beside the same page from mapped objects and SQL, kept beside uncached, and a 304 beside
the kept page.
"""

from functools import partial

from benchmarks import plain_list
from benchmarks.registers import Register, Sizes, opened
from benchmarks.table import Row, Wanted
from benchmarks.timing import medians, turns
from benchmarks.web import Visitor

PATH = "/de/offers"


def measure(sizes: Sizes) -> list[Row]:
    return [row for offers in sizes.all for row in _rows(opened(offers))]


def _rows(register: Register) -> list[Row]:
    visitor, n = Visitor(register.app, PATH), register.offers

    def plain() -> None:
        with plain_list.instead():
            visitor.ask_anew()

    visitor.ask()
    again = Visitor(register.app, PATH, visitor.headers["ETag"])
    uncached, usual = medians(turns(n, 9), visitor.ask_anew, plain)
    kept, anew = medians(15, visitor.ask, visitor.ask_anew)
    unchanged, whole = medians(500, lambda: again.ask(304), visitor.ask)
    row = partial(Row, goal=10, offers=n)
    return [
        row("List page, uncached", uncached, usual, "ORM and GROUP BY", Wanted("gain", 4)),
        row("List page, kept", kept, anew, "uncached", Wanted("gain", 30)),
        row("List page, 304", unchanged, whole, "kept, with body", Wanted("cost", 1.0)),
    ]
