"""Arranging people from a table alone, on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from registry.cli.main import main

WISHES = """person;organisation;wish_1;wish_2
Anna;A;Sprache;Arbeit
Bo;B;Sprache;
Cem;B;Sprache;Arbeit
"""
GROUPS = "group,minimum,maximum,per_organisation\nSprache,1,,1\nArbeit,,1,\n"


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Path]:
    files = {"wishes": tmp_path / "wishes.csv", "groups": tmp_path / "groups.csv"}
    files["wishes"].write_text(WISHES, "utf-8-sig")
    files["groups"].write_text(GROUPS, "utf-8")
    return files


def run(capsys: Any, *arguments: Any) -> tuple[int, str, str]:
    status = main(["conference", *map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


def asked(tables: dict[str, Path]) -> tuple[Any, ...]:
    return ("assign", "--wishes", tables["wishes"], "--groups", tables["groups"])


def test_people_get_into_groups_from_two_tables(tables: dict[str, Path], capsys: Any) -> None:
    status, out, _err = run(capsys, *asked(tables), "--costs", "0,3", "--seed", 4, "--json")
    assert status == 0
    assert json.loads(out) == {
        "total_cost": 3,
        "assignments": [
            {"person": "Anna", "group": "Sprache", "rank": 1},
            {"person": "Bo", "group": "Sprache", "rank": 1},
            {"person": "Cem", "group": "Arbeit", "rank": 2},
        ],
        "unplaced": [],
        "seed": 4,
    }
    assert "Cem\tArbeit\t2" in run(capsys, *asked(tables))[1]


def test_whoever_finds_no_place_is_named_and_a_wish_of_nothing_costs(
    tables: dict[str, Path], capsys: Any
) -> None:
    tables["groups"].write_text("group,maximum\nSprache,1\nArbeit,1\n", "utf-8")
    tables["wishes"].write_text("person,wish_1\nAnna,Sprache\nBo,\nCem,Sprache\n", "utf-8")
    found = json.loads(run(capsys, *asked(tables), "--unlisted", 9, "--json")[1])
    assert found["total_cost"] == 9
    assert {each["rank"] for each in found["assignments"]} == {1, None}
    assert [each["reason"] for each in found["unplaced"]] == ["every group is full"]


def test_a_minimum_that_cannot_be_met_is_an_error_that_names_it(
    tables: dict[str, Path], capsys: Any
) -> None:
    tables["groups"].write_text("group,minimum\nSprache,1\nArbeit,4\n", "utf-8")
    status, _out, err = run(capsys, *asked(tables))
    assert status == 1
    assert "Arbeit: the minimum of 4 cannot be met, at most 3 are possible" in err


def test_every_wrong_row_is_named(tables: dict[str, Path], capsys: Any) -> None:
    tables["wishes"].write_text(
        "person,wish_1\nAnna,Sprache\n,Arbeit\nBo,Kochen\nAnna,Arbeit\n", "utf-8"
    )
    status, _out, err = run(capsys, *asked(tables))
    assert status == 1
    assert all(f"Line {number}:" in err for number in (3, 4, 5))


def test_a_wish_means_the_group_of_that_very_name_before_one_that_is_spelt_alike(
    tables: dict[str, Path], capsys: Any
) -> None:
    tables["groups"].write_text("group,maximum\nAG C,\nAG C++,\nSprache,\n", "utf-8")
    tables["wishes"].write_text("person,wish_1\nAnna,AG C\nBo,AG C++\nCem,SPRACHE\n", "utf-8")
    found = json.loads(run(capsys, *asked(tables), "--json")[1])
    assert [each["group"] for each in found["assignments"]] == ["AG C", "AG C++", "Sprache"]
    tables["wishes"].write_text("person,wish_1\nAnna,ag c\n", "utf-8")
    assert "there is no group “ag c”" in run(capsys, *asked(tables))[2]


def test_a_wish_that_stands_twice_or_after_an_empty_cell_counts_as_the_next(
    tables: dict[str, Path], capsys: Any
) -> None:
    tables["groups"].write_text("group,maximum\nSprache,0\nArbeit,\n", "utf-8")
    tables["wishes"].write_text(
        "person,wish_1,wish_2,wish_3\nAnna,Sprache,Sprache,Arbeit\nBo,,,Arbeit\n", "utf-8"
    )
    found = json.loads(run(capsys, *asked(tables), "--json")[1])
    assert [each["rank"] for each in found["assignments"]] == [2, 1]


def test_minima_that_need_the_same_people_are_told_as_such(
    tables: dict[str, Path], capsys: Any
) -> None:
    tables["groups"].write_text("group,minimum\nSprache,2\nArbeit,2\n", "utf-8")
    status, _out, err = run(capsys, *asked(tables))
    assert status == 1
    assert "the minimum of 2 cannot be met (other groups need the same people" in err


@pytest.mark.parametrize("empty", ["", "\ufeff", "\n\n"])
def test_an_empty_file_is_refused_in_one_line(
    tables: dict[str, Path], capsys: Any, empty: str
) -> None:
    tables["wishes"].write_text(empty, "utf-8")
    status, out, err = run(capsys, *asked(tables), "--json")
    assert (status, out) == (1, "")
    assert "This file has no row with the names of the columns." in err


def test_tables_rotate_without_a_register(capsys: Any) -> None:
    given = ("rotate", "--tables", 5, "--rounds", 3, "--people", 18)
    found = json.loads(run(capsys, *given, "--json")[1])
    assert found["repeated_pairs"] == 0
    assert sorted(each for table in found["rounds"][2].values() for each in table) == list(
        range(1, 19)
    )
    assert "0 pairs meet again." in run(capsys, *given)[1]
    assert run(capsys, "rotate", "--tables", 2, "--rounds", 3, "--people", 4)[0] == 1
