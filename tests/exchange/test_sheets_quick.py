"""What is loaded without marshmallow is loaded just as marshmallow would, or not at all."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from registry.core.forms import RecordSchema
from registry.exchange.sheets.columns import SCHEMAS
from registry.exchange.sheets.quick import Unsure, loader
from registry.texts.schemas import TranslatedField

DATABASES = ["postgresql"]

TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", " ", "x" * 61, "x" * 201, "x" * 301, "a\x00b", " 91154", "91154\n"]),
)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 200), st.floats(-200, 200), TEXT, st.lists(TEXT)
)
MAILS = st.one_of(
    st.emails(),
    st.builds(
        "{}@{}.{}".format, *[st.text("abAB01.-_+ü", max_size=6)] * 2, st.text("abz", max_size=4)
    ),
)
WEBS = st.one_of(
    st.builds(
        "{}://{}.{}/{}".format,
        st.sampled_from(["http", "https", "ftp", "HTTPS", ""]),
        st.text("ab0-.", max_size=6),
        st.text("abcz0-", max_size=7),
        st.text("ab/.-_~?=& ü", max_size=6),
    ),
    st.sampled_from(["https://example.org", "http://xn--a.de/x", "https://-a.de", "https://a.b"]),
)
DAYS = st.one_of(st.dates().map(str), st.sampled_from(["2026-02-30", "20260201", "2026-W01-1"]))
BY_KIND: list[tuple[type[Any], Any]] = [
    (fields.Email, MAILS),
    (fields.Url, WEBS),
    (fields.Boolean, st.booleans()),
    (fields.Date, DAYS),
    (fields.Integer, st.integers(-3, 130)),
    (fields.Float, st.floats(-200, 200, allow_nan=False)),
    (fields.List, st.lists(st.sampled_from(["advice", "09576", "x" * 61, "a"]), max_size=4)),
    (
        TranslatedField,
        st.dictionaries(st.sampled_from(["de", "en", "xx", "ar"]), TEXT, max_size=3),
    ),
]
ROWS = st.lists(
    st.fixed_dictionaries(
        {"language": st.sampled_from(["de", "", "x" * 61]), "by": st.sampled_from(["staff", "?"])}
    ),
    max_size=2,
)
TITLES = st.one_of(
    st.just({"de": "Kurs"}), st.dictionaries(st.sampled_from(["de", "en", "xx"]), TEXT, max_size=3)
)
NEEDED = {
    "name": st.one_of(st.just("Haus"), TEXT),
    "function": st.one_of(st.just("Auskunft"), TEXT),
    "title": TITLES,
    "fields": st.lists(st.sampled_from(["advice", "x" * 61, "a"]), min_size=1, max_size=3),
}
WORDS = ["yes", "unknown", "none", "both", "91154", "09576143", "Mo 08:00-12:00", "Haus"]


def values_of(schema: RecordSchema) -> Any:
    """Return what makes values for some of a schema's fields, most of them likely."""
    made = {
        field.data_key or name: st.one_of(_likely(field), _likely(field), ANYTHING)
        for name, field in schema.load_fields.items()
        if "." not in (field.attribute or "")
    }
    needed = NEEDED.keys() & made.keys()
    return st.fixed_dictionaries(
        {name: NEEDED[name] for name in needed},
        optional={name: each for name, each in made.items() if name not in needed},
    )


def _likely(field: Any) -> Any:
    if field.name == "languages":
        return ROWS
    found = (made for kind, made in BY_KIND if isinstance(field, kind))
    return next(found, st.one_of(st.sampled_from(WORDS), TEXT))


@pytest.mark.parametrize("part", SCHEMAS)
def test_the_quick_way_takes_less_and_makes_the_same(app: Flask, part: str) -> None:
    schema = SCHEMAS[part](audience="office")
    quick, taken = loader(schema), [0]

    @settings(max_examples=400, deadline=None)
    @given(values=values_of(schema))
    def compare(values: dict[str, Any]) -> None:
        try:
            loaded = quick(values)
        except Unsure:
            return
        taken[0] += 1
        try:
            assert schema.load(values) == loaded
        except ValidationError as error:
            raise AssertionError(values) from error

    with app.test_request_context():
        compare()
    assert taken[0]


def test_an_ordinary_offer_goes_the_quick_way(app: Flask) -> None:
    schema = SCHEMAS["offer"](audience="office")
    values = {
        "title": {"de": "Kurs", "en": "Course"},
        "fields": ["language"],
        "languages": [{"language": "de", "by": "staff"}],
        "min_age": 18,
        "valid_from": "2026-02-01",
        "by_appointment": True,
        "childcare": "yes",
        "booking_url": "https://www.example.org/kurs",
    }
    with app.test_request_context():
        assert loader(schema)(values) == schema.load(values)
