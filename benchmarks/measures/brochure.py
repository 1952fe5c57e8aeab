"""A brochure of a thousand offers as PDF, beside the typesetting alone."""

from benchmarks.registers import Sizes, asked
from benchmarks.table import Row
from benchmarks.timing import medians
from registry.brochure import pages
from registry.core.documents import making
from registry.core.i18n import local_now
from registry.search import reader
from registry.search.criteria import Criteria

ROUNDS = 3


def measure(sizes: Sizes) -> list[Row]:
    offers = min(sizes.smallest, pages.MOST)
    with asked(offers) as register, register.app.test_request_context("/de/offers"):
        at, everything = local_now(), Criteria()

        def told() -> dict[str, object]:
            found = reader.everything(everything, register.moment)
            return pages.told(found, everything, at.date())

        ready = told()
        ours, alone = medians(
            ROUNDS,
            lambda: making.pdf("brochure", told(), at),
            lambda: making.pdf("brochure", ready, at),
        )
    what = "Brochure of all offers as PDF"
    return [Row(what, ours, alone, "typesetting alone", goal=10, offers=offers)]
