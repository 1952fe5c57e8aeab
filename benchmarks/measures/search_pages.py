"""Goal 4: a search with 20 hits, the exact total and all counts, beside FTS5's first 20 by bm25.

Both have the same folded texts and ask what was not asked before. Ours is put to the index alone:
no rows are read and no page is drawn. It also finds parts of words, which FTS5 does not.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from random import Random

from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import Times, p50, p95, spent
from registry.search import reader
from registry.search.criteria import Criteria
from registry.search.index.ordering import page_of_ids

WARM, SINGLE, PAIRS = 10, 60, 40
HITS = 20
SHORT = 4  # letters of the shortest words asked for
BEST = f"SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608


def measure(sizes: Sizes) -> list[Row]:
    return [row for offers in sizes.upper for row in _rows(offers)]


def _rows(offers: int) -> list[Row]:
    with asked(offers) as register:
        queries = _queries(register)
        for query in queries[:WARM]:
            _search(register, query)
        queries = queries[WARM:]
        with closing(fts5(register.texts)) as full_text:
            ours, theirs = _times(register, full_text, queries)
        mistyped = list(_mistyped(register, queries))
        mended = [spent(lambda: _search(register, query)) for query in mistyped]  # noqa: B023
    bm25 = f"FTS5, {HITS} best by bm25"
    quarter = Wanted("cost", 0.25, short_of(offers, 10_000))
    what = f"Search: {HITS} hits, total, counts"
    return [
        Row(4, f"{what}; cold, p95", offers, p95(ours), "ms", p95(theirs), bm25, quarter),
        Row(4, f"{what}; cold, p50", offers, p50(ours), "ms", p50(theirs), bm25),
        Row(
            4,
            f"{what}; mistyped, p95",
            offers,
            p95(mended),
            "ms",
            p95(ours),
            "the same, well typed",
        ),
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
    register: Register, full_text: sqlite3.Connection, queries: Sequence[str]
) -> tuple[Times, Times]:
    ours, theirs = Times(), Times()
    for query in queries:
        ours.append(spent(lambda: _search(register, query)))  # noqa: B023
        theirs.append(spent(lambda: full_text.execute(BEST, [_quoted(query)]).fetchall()))  # noqa: B023
    return ours, theirs


def _search(register: Register, query: str) -> object:
    question = reader.ask(Criteria(q=query), register.moment)
    total, counts = question.total(), question.counts(register.municipalities)
    return total, counts, page_of_ids(question, 0, HITS)


def _quoted(query: str) -> str:
    return " ".join(f'"{word}"' for word in query.split())


def _queries(register: Register) -> list[str]:
    """Return different queries of words that stand together in an offer, always the same."""
    chance = Random(4)
    found: dict[str, None] = {}
    while len(found) < WARM + SINGLE + PAIRS:
        _key, _title, text = chance.choice(register.texts)
        words = sorted({word for word in text.split() if len(word) >= SHORT})
        number = 1 if len(found) % 5 < 3 else 2
        found[" ".join(chance.sample(words, number))] = None
    return list(found)


def _mistyped(register: Register, queries: Sequence[str]) -> Iterator[str]:
    """Yield single words with a letter too few that nothing holds as they are."""
    words = [word for query in queries for word in query.split() if len(word) > SHORT]
    for word in dict.fromkeys(words):
        typed = word[: len(word) // 2] + word[len(word) // 2 + 1 :]
        (understood,) = reader.ask(Criteria(q=typed), register.moment).understood
        if understood.instead:
            yield typed
