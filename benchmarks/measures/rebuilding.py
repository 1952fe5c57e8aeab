"""Goal 10: until an edit is seen, and making the index anew from rows and texts in memory."""

from contextlib import closing

from benchmarks.measures.search_pages import fts5
from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import medians, spent, turns
from registry.core.db import db
from registry.offers.models import Offer
from registry.search import queries, reader
from registry.search.index.lexicon import Lexicon
from registry.search.index.segment import Segment
from registry.search.index.slots import SlotTable


def measure(sizes: Sizes) -> list[Row]:
    return [row for offers in sizes.upper for row in _rows(offers)]


def _rows(offers: int) -> list[Row]:
    with asked(offers) as register:
        rounds = turns(offers, 3)
        return [_edit(register), _bits(register, rounds), _words(register, rounds)]


def _edit(register: Register) -> Row:
    """Measure from a commit to an index that knows it; two edits undo each other."""
    reader.current(register.moment)
    times = []
    for _ in range(2):
        offer = db.session.get_one(Offer, 1)
        offer.by_appointment = not offer.by_appointment
        db.session.commit()
        times.append(spent(lambda: reader.current(register.moment)))
    reader.forget()
    whole = spent(lambda: reader.current(register.moment))
    what = "An edit, from commit to an index that has it"
    anew, n = "all anew from the database", register.offers
    return Row(what, sum(times) / 2, whole, anew, goal=10, offers=n)


def _bits(register: Register, rounds: int) -> Row:
    day, terms = register.moment.day, queries.load_terms()
    rows = queries.load_rows(day)
    lexicon = Lexicon.build([], 0)

    def build() -> None:
        Segment(rows, terms, lexicon, SlotTable.of(rows))

    ours, reading = medians(rounds, build, lambda: queries.load_rows(day))
    limit = Wanted("own", 250, short_of(register.offers, 100_000))
    what = "All bits anew, from rows in memory"
    return Row(what, ours, reading, "reading the rows", limit, goal=10, offers=register.offers)


def _words(register: Register, rounds: int) -> Row:
    slots = reader.current(register.moment).index.segments[0].slots
    slot = slots.lookup.slot
    placed = [(slot(key), title, text) for key, title, text in register.texts]

    def build_fts5() -> None:
        with closing(fts5(placed)):
            pass

    ours, theirs = medians(rounds, lambda: Lexicon.build(placed, slots.size), build_fts5)
    limit = Wanted("cost", 1.2, short_of(register.offers, 10_000))
    what = "All words anew, from texts in memory"
    return Row(what, ours, theirs, "FTS5", limit, goal=10, offers=register.offers)
