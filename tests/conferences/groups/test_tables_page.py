"""The upload page for organisers who have nothing but a spreadsheet."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

DATABASES = ["postgresql"]
HERE = "/en/office/conferences/arrange"
HOW = {"costs": "0,1,4,9", "unlisted": "25", "seed": "3"}
GROUPS = "group;minimum;maximum;per_organisation\nSprache;0;1;\nArbeit;0;;\n"
WISHES = "person;organisation;wish_1;wish_2\nA;Caritas;Sprache;Arbeit\nB;AWO;Sprache;Arbeit\n"


def tables(groups: str = GROUPS, wishes: str = WISHES) -> dict[str, Any]:
    files = {"groups": groups, "wishes": wishes}
    return {name: (BytesIO(text.encode()), f"{name}.csv") for name, text in files.items()}


@pytest.mark.usefixtures("no_csrf")
def test_two_tables_become_an_answer_on_screen_as_xlsx_and_as_json(as_user: Any) -> None:
    client = as_user("carla")
    assert "wish_1" in client.get(f"{HERE}/wishes.csv").text
    answer = client.post(HERE, data={**HOW, **tables()}).location
    assert "Sum of the costs: 1." in client.get(answer).text
    told = client.get(f"{answer}.json").json
    assert (told["total_cost"], told["seed"], told["unplaced"]) == (1, 3, [])
    assert sorted(each["rank"] for each in told["assignments"]) == [1, 2]
    sheet = load_workbook(BytesIO(client.get(f"{answer}.xlsx").data)).active
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {"A", "B"}
    assert as_user("olga").get(answer).status_code == 404
    client.post(f"{answer}/discard")
    assert client.get(answer).status_code == 404


@pytest.mark.usefixtures("no_csrf")
@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Please choose a file."),
        (tables(groups="a;b\n1;2\n"), "These columns are missing"),
        (tables(wishes="person;wish_1\nA;Wohnen\n"), "there is no group “Wohnen”"),
        (tables(groups="group;minimum\nSprache;9\n", wishes="person;wish_1\nA;\n"), "“Sprache”"),
        (tables(groups="%PDF-1.7"), "This file is no table."),
    ],
)
def test_what_cannot_be_arranged_says_why(as_user: Any, given: Any, says: str) -> None:
    refused = as_user("carla").post(HERE, data={**HOW, **given})
    assert refused.status_code == 422
    assert says in refused.text


@pytest.mark.usefixtures("no_csrf")
def test_tables_are_rotated_and_more_rounds_than_tables_refused(as_user: Any) -> None:
    client = as_user("carla")
    told = {"tables": "5", "rounds": "3", "people": "20", "lot": "1"}
    page = client.post(f"{HERE}/tables", data=told, follow_redirects=True).text
    assert "0 pairs meet again." in page
    refused = client.post(f"{HERE}/tables", data={**told, "rounds": "6"})
    assert refused.status_code == 422
    assert "There are more rounds than tables" in refused.text
