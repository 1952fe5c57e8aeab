"""Measure what search, map and lists cost, and print one table.

``make bench`` runs ``python -m benchmarks.run``; ARGS="--json" prints the same as JSON,
ARGS="--only NAME …" runs these measures. BENCH_N is the largest number of offers (default 100,000).
It fails on errors and on answers that differ from those of plain SQL, never on a time.
"""

import argparse
import json
import os
import platform
import sqlite3
import sys
import traceback

from benchmarks.measures import (
    arranging,
    brochure,
    browsing,
    conferences,
    desk,
    documentation,
    first_marker,
    importing,
    json_lists,
    letters,
    list_pages,
    mailing,
    map_answers,
    map_bytes,
    minutes,
    network,
    rebuilding,
    search_pages,
    slow_phone,
)
from benchmarks.registers import Sizes, tell
from benchmarks.table import Row, markdown

MEASURES = {
    "map_bytes": map_bytes.measure,
    "first_marker": first_marker.measure,
    "map_answers": map_answers.measure,
    "search_pages": search_pages.measure,
    "browsing": browsing.measure,
    "json_lists": json_lists.measure,
    "list_pages": list_pages.measure,
    "rebuilding": rebuilding.measure,
    "desk": desk.measure,
    "importing": importing.measure,
    "brochure": brochure.measure,
    "conferences": conferences.measure,
    "arranging": arranging.measure,
    "mailing": mailing.measure,
    "letters": letters.measure,
    "minutes": minutes.measure,
    "documentation": documentation.measure,
    "network": network.measure,
    "slow_phone": slow_phone.measure,
}
USUAL = 100_000
LEAST = 1_000  # offers; in a tenth of fewer there is nothing to find


def main() -> int:
    wanted = _arguments()
    largest = int(os.environ.get("BENCH_N") or USUAL)
    if largest < LEAST:
        print(f"bench: BENCH_N must be at least {LEAST:,}", file=sys.stderr)
        return 1
    names = wanted.only or list(MEASURES)
    rows, failed = measured(names, Sizes.up_to(largest))
    if wanted.json:
        print(json.dumps(_document(largest, rows), indent=2, ensure_ascii=False))
    else:
        print(markdown(rows))
    if failed:
        tell(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def measured(names: list[str], sizes: Sizes) -> tuple[list[Row], list[str]]:
    """Return the rows of these measures, and the names of those that failed."""
    rows, failed = list[Row](), list[str]()
    for name in names:
        tell(name)
        try:
            rows += MEASURES[name](sizes)
        except Exception:
            traceback.print_exc()
            failed.append(name)
    return rows, failed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Measures, as ratios.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--only", nargs="+", choices=MEASURES, help="run these measures")
    return parser.parse_args()


def _document(largest: int, rows: list[Row]) -> dict[str, object]:
    versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return {"offers": largest, **versions, "rows": [row.as_json() for row in rows]}


if __name__ == "__main__":
    sys.exit(main())
