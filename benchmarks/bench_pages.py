"""What the overview, the JSON list and the map cost, as ratios against the bare SQL beside them.

BENCH_N sets the number of invented offers (default 5,000: a large district). Everything runs in
one process on a new SQLite file; figures are medians, and the ratio is what to compare. One table
for people; `--json` prints the same for programs.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask_migrate import upgrade
from sqlalchemy import text

from registry.access.policy import CONSOLE
from registry.app import create_app
from registry.core.db import db
from registry.exchange.reference import set_up_register
from registry.exchange.synthetic import seed_synthetic

COUNT = int(os.environ.get("BENCH_N", "5000"))
ROUNDS = 7
PAGE = "SELECT * FROM offer WHERE status = 'published' ORDER BY folded_title LIMIT :n"
TOTAL = "SELECT count(*) FROM offer WHERE status = 'published'"
TEXT = "SELECT * FROM offer WHERE status = 'published' AND folded LIKE '%beratung%' LIMIT :n"
BOX = "SELECT lat, lon FROM place WHERE lat BETWEEN 48.9 AND 49.5 AND lon BETWEEN 10.7 AND 11.6"
MEASURED = [  # what is measured, its address, the bare statement beside it, rows
    ("overview page, 20 hits, all facet counts", "/de/offers", PAGE, 20),
    ("the same with text", "/de/offers?q=beratung", TEXT, 20),
    ("JSON list of 50", "/api/v1/offers?per_page=50", PAGE, 50),
    ("JSON list of 200", "/api/v1/offers?per_page=200", PAGE, 200),
    ("map of the district", "/api/v1/map?bbox=10.7,48.9,11.6,49.5&zoom=10", BOX, 0),
]


def median(work: Callable[[], object]) -> float:
    """Return the median milliseconds of several rounds, the first one left out."""
    spent = []
    for _round in range(ROUNDS + 1):
        start = time.perf_counter()
        work()
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent[1:])


def measure() -> list[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"})
        with app.app_context():
            upgrade()
            set_up_register(CONSOLE, "09576")
            seed_synthetic(CONSOLE, COUNT, date.today())
            db.session.commit()
        rows = [_row(app, *wanted) for wanted in MEASURED]
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    return rows


def _row(app: object, name: str, path: str, statement: str, rows: int) -> dict[str, object]:
    client = app.test_client()  # type: ignore[attr-defined]

    def ask() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def bare() -> None:
        with app.app_context():  # type: ignore[attr-defined]
            db.session.execute(text(statement), {"n": rows} if rows else {}).all()

    ours, theirs = median(ask), median(bare)
    return {
        "what": name,
        "ms": round(ours, 1),
        "bare_ms": round(theirs, 2),
        "ratio": round(ours / theirs, 1),
    }


def main() -> None:
    rows = measure()
    if "--json" in sys.argv:
        print(json.dumps({"offers": COUNT, "rows": rows}, indent=2))
        return
    print(f"{COUNT} offers          {'ms':>45} {'bare SQL ms':>12} {'ratio':>8}")
    for row in rows:
        print(f"{row['what']:<54} {row['ms']:>12} {row['bare_ms']:>12} {row['ratio']:>8}")


if __name__ == "__main__":
    main()
