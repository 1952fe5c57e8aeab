"""Goal 10: the overview page, by the whole application without a server.

Uncached beside the same page from mapped objects and SQL, kept beside uncached, and a 304 beside
the kept page.
"""

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
    kept, anew = medians(30, visitor.ask, visitor.ask_anew)
    unchanged, whole = medians(500, lambda: again.ask(304), visitor.ask)
    limits = [Wanted("gain", 4), Wanted("gain", 30), Wanted("cost", 1.0)]
    return [
        Row(10, "List page, uncached", n, uncached, "ms", usual, "ORM and GROUP BY", limits[0]),
        Row(10, "List page, kept", n, kept, "ms", anew, "uncached", limits[1]),
        Row(10, "List page, 304", n, unchanged, "ms", whole, "kept, with body", limits[2]),
    ]
