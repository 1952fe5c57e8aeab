"""Goal 4: a search with 20 hits, the exact total and all counts, beside FTS5's first 20 by bm25.

Both have the same folded texts and ask what was not asked before. Ours is put to the index alone:
no rows are read and no page is drawn. It also finds parts of words, which FTS5 does not.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from random import Random

from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import Times, p50, p95, spent
from registry.search import reader
from registry.search.criteria import Criteria
from registry.search.index.ordering import page_of_ids

WARM, ASKED = 10, 100  # queries, two of five of two words
HITS = 20
SHORT = 4  # letters of the shortest words asked for
BEST = f"SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608


def measure(sizes: Sizes) -> list[Row]:
    return [row for offers in sizes.upper for row in _rows(offers)]


def _rows(offers: int) -> list[Row]:
    with asked(offers) as register:
        first, queries = _queries(register)
        _times(register, first)
        with closing(fts5(register.texts)) as full_text:
            ours, theirs = _times(register, queries, full_text)
        mistyped = list(_mistyped(register, queries))
        mended, _nothing = _times(register, mistyped)
    bm25 = f"FTS5, {HITS} best by bm25"
    quarter = Wanted("cost", 0.25, short_of(offers, 10_000))
    row, what = partial(Row, goal=4, offers=offers), f"Search: {HITS} hits, total, counts"
    return [
        row(f"{what}; cold, p95", p95(ours), p95(theirs), bm25, quarter),
        row(f"{what}; cold, p50", p50(ours), p50(theirs), bm25),
        row(f"{what}; mistyped, p95", p95(mended), p95(ours), "the same, well typed"),
    ]


def fts5(texts: Sequence[tuple[int, str, str]]) -> sqlite3.Connection:
    """Return the texts in a full-text table in memory."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5 (text)")
    rows = ((key, text) for key, _title, text in texts)
    connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
    connection.commit()
    return connection


def _times(
    register: Register, queries: Sequence[str], full_text: sqlite3.Connection | None = None
) -> tuple[Times, Times]:
    """Return the times of ours and of full text beside it, if there is any."""
    ours, theirs = Times(), Times()
    for query in queries:
        ours.append(spent(partial(_search, register, query)))
        if full_text:
            theirs.append(spent(partial(_best, full_text, query)))
    return ours, theirs


def _search(register: Register, query: str) -> object:
    question = reader.ask(Criteria(q=query), register.moment)
    total, counts = question.total(), question.counts(register.municipalities)
    return total, counts, page_of_ids(question, 0, HITS)


def _best(full_text: sqlite3.Connection, query: str) -> list[object]:
    quoted = " ".join(f'"{word}"' for word in query.split())
    return full_text.execute(BEST, [quoted]).fetchall()


def _queries(register: Register) -> tuple[list[str], list[str]]:
    """Return different queries, some to begin with and those to measure, always the same.

    Two words stand together in an offer.
    """
    chance = Random(4)
    found: dict[str, None] = {}
    while len(found) < WARM + ASKED:
        _key, _title, text = chance.choice(register.texts)
        words = sorted({word for word in text.split() if len(word) >= SHORT})
        number = 1 if len(found) % 5 < 3 else 2
        found[" ".join(chance.sample(words, number))] = None
    return list(found)[:WARM], list(found)[WARM:]


def _mistyped(register: Register, queries: Sequence[str]) -> Iterator[str]:
    """Yield single words with a letter too few that nothing holds as they are."""
    words = [word for query in queries for word in query.split() if len(word) > SHORT]
    for word in dict.fromkeys(words):
        typed = word[: len(word) // 2] + word[len(word) // 2 + 1 :]
        (understood,) = reader.ask(Criteria(q=typed), register.moment).understood
        if understood.instead:
            yield typed
