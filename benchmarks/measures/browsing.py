"""Goal 5: the counts of all filters' choices without a text, beside three GROUP BYs.

SQL counts less: terms, languages and municipalities of places, not who is meant by "all", nor areas
served, levels, opening hours and runs.
"""

from benchmarks.plain_sql import PlainSql, must_equal
from benchmarks.registers import Register, Sizes, asked
from benchmarks.table import Row, Wanted, short_of
from benchmarks.timing import medians, turns
from registry.search import reader
from registry.search.criteria import Criteria
from registry.search.index.index import Counts
from registry.vocabulary import queries as vocabulary

TERMS = """
    SELECT term_id, count(*) FROM offer_term
    WHERE offer_id IN (SELECT id FROM shown) GROUP BY term_id
"""
LANGUAGES = """
    SELECT term_id, count(DISTINCT offer_id) FROM offer_language
    WHERE offer_id IN (SELECT id FROM shown) GROUP BY term_id
"""
TOWNS = """
    SELECT place.municipality, count(DISTINCT offer_place.offer_id) FROM offer_place
    JOIN place ON place.id = offer_place.place_id
    WHERE offer_place.offer_id IN (SELECT id FROM shown) AND NOT place.confidential
    GROUP BY place.municipality
"""
COMPARABLE = ("field", "area_of_life", "format", "language")


def measure(sizes: Sizes) -> list[Row]:
    return [_row(offers) for offers in sizes.upper]


def _row(offers: int) -> Row:
    with asked(offers) as register:
        sql = PlainSql(register)
        _compare(_counts(register), sql)
        ours, theirs = medians(turns(offers, 5), lambda: _counts(register), lambda: grouped(sql))
        sql.close()
    gain = Wanted("gain", 500, short_of(offers, 100_000))
    what = "Counts of all filters, no text"
    return Row(what, ours, theirs, "3 GROUP BYs", gain, goal=5, offers=offers)


def grouped(sql: PlainSql) -> list[dict[object, int]]:
    return [sql.pairs(statement) for statement in (TERMS, LANGUAGES, TOWNS)]


def _counts(register: Register) -> Counts:
    return reader.ask(Criteria(), register.moment).counts(register.municipalities)


def _compare(ours: Counts, sql: PlainSql) -> None:
    terms, languages, _towns = grouped(sql)
    for name in COMPARABLE:
        counted = languages if name == "language" else terms
        known = {key: term.id for key, term in vocabulary.schemes()[name].items()}
        theirs = {key: counted[term] for key, term in known.items() if term in counted}
        must_equal(f"counts of {name}", ours[name], theirs)
