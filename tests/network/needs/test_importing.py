"""Needs from tables: tried row by row, then taken in; bad rows say why, good ones remain."""

from pathlib import Path
from typing import Any

import pytest

from registry.core.db import db
from registry.core.errors import Invalid, NotAllowed
from registry.network.needs import queries
from registry.network.needs.importing import services

HEAD = "Handlungsfeld;Wo;Sprache;Zielgruppe;Personen;Quelle;Stand\n"
GOOD = "Spracherwerb;Roth;Arabisch;;40;Schätzung;02.11.2026\n"


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "needs.csv"
    file.write_text(head + "".join(rows), "utf-8")
    return file


def verdicts(who: Any, file: Path) -> list[tuple[int, str, str]]:
    plans = services.try_file(who, "09576", file)
    return [(plan.number, plan.verdict, plan.column) for plan in plans]


def test_a_table_is_tried_and_taken_in_and_then_changes_nothing(cast: Any, tmp_path: Path) -> None:
    who = cast.amal.as_who()
    whole = "Wohnen und Mobilität;Landkreis Roth;;Frauen;;Gespräche;2026-10-01\n"
    file = table(tmp_path, GOOD, whole)
    assert verdicts(who, file) == [(2, "new", ""), (3, "new", "")]
    assert queries.needed("09576") == []
    assert services.take_in(who, "09576", file)["new"] == 2
    db.session.commit()
    told = [
        (n.field, n.place, n.language, n.target_group, n.persons) for n in queries.needed("09576")
    ]
    assert told == [
        ("language", "09576143", "ar", None, 40),
        ("housing", "09576", None, "women", None),
    ]
    assert [verdict for _n, verdict, _c in verdicts(who, file)] == ["unchanged", "unchanged"]
    more = table(tmp_path, GOOD.replace("40", "55"))
    assert services.take_in(who, "09576", more)["changed"] == 1
    assert queries.needed("09576")[0].persons == 55


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Zauberei;Roth;;;4;Schätzung;02.11.2026\n", "Handlungsfeld"),
        ("Spracherwerb;Zirndorf;;;4;Schätzung;02.11.2026\n", "Wo"),
        ("Spracherwerb;Roth;Elbisch;;4;Schätzung;02.11.2026\n", "Sprache"),
        ("Spracherwerb;Roth;;;viele;Schätzung;02.11.2026\n", "Personen"),
        ("Spracherwerb;Roth;;;4;;02.11.2026\n", "Quelle"),
        ("Spracherwerb;Roth;;;4;Schätzung;gestern\n", "Stand"),
        (GOOD, "Handlungsfeld"),
    ],
)
def test_a_bad_row_says_where_and_the_good_ones_remain(
    cast: Any, tmp_path: Path, row: str, column: str
) -> None:
    who = cast.olga.as_who()
    file = table(tmp_path, GOOD, row)
    assert verdicts(who, file) == [(2, "new", ""), (3, "rejected", column)]
    assert services.take_in(who, "09576", file) == {"new": 1, "rejected": 1}


def test_a_table_without_the_needed_columns_is_refused(cast: Any, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        services.try_file(cast.amal.as_who(), "09576", table(tmp_path, "x;y\n", head="A;B\n"))


def test_readers_import_nothing(cast: Any, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        services.take_in(cast.carla.as_who(), "09576", table(tmp_path, GOOD))
