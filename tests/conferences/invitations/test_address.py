"""Addresses and how letters begin: nobody's gender is guessed."""

import pytest

from registry.conferences.invitations.address import lines, person, salutation
from registry.conferences.invitations.models import Invitation


def invited(**fields: str) -> Invitation:
    return Invitation(**{"organisation": "Landratsamt Roth", "form": "none", **fields})


def test_the_address_goes_from_the_organisation_to_the_town() -> None:
    whole = invited(
        unit="Amt für Jugend",
        function="Leitung",
        form="male",
        office_title="Amtsrat",
        title="Dr.",
        given_name="Jürgen",
        family_name="O’Neill",
        street="Weinbergweg 1",
        postcode="91154",
        city="Roth",
    )
    assert lines(whole) == [
        "Landratsamt Roth",
        "Amt für Jugend",
        "Leitung",
        "Herrn Amtsrat Dr. Jürgen O’Neill",
        "Weinbergweg 1",
        "91154 Roth",
    ]
    assert lines(invited(unit=" ", city="Roth\n Stadt")) == ["Landratsamt Roth", "Roth Stadt"]


@pytest.mark.parametrize(
    ("told", "line", "greeting"),
    [
        ({}, "", "Sehr geehrte Damen und Herren,"),
        (
            {"form": "female", "title": "Dr.", "given_name": "Eva", "family_name": "Groß"},
            "Frau Dr. Eva Groß",
            "Sehr geehrte Frau Dr. Groß,",
        ),
        ({"form": "male", "family_name": "حسن"}, "Herrn حسن", "Sehr geehrter Herr حسن,"),
        (
            {"form": "female", "office_title": "Landrätin", "family_name": "Groß"},
            "Frau Landrätin Groß",
            "Sehr geehrte Frau Landrätin,",
        ),
        (
            {"form": "neutral", "given_name": "Kim", "family_name": "Groß"},
            "Kim Groß",
            "Guten Tag Kim Groß,",
        ),
        ({"given_name": "Eva", "family_name": "Groß"}, "Eva Groß", "Guten Tag Eva Groß,"),
        ({"form": "female", "given_name": "Eva"}, "Eva", "Guten Tag Eva,"),
        ({"form": "neutral", "office_title": "Landrätin"}, "", "Sehr geehrte Damen und Herren,"),
    ],
)
def test_only_what_was_said_decides_how_somebody_is_addressed(
    told: dict[str, str], line: str, greeting: str
) -> None:
    assert (person(invited(**told)), salutation(invited(**told))) == (line, greeting)
