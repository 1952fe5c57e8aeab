"""A dumper makes of an object what its schema makes of it, whatever the object is."""

import enum
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import fields, post_dump, pre_dump

from registry.core.dumping import dumper
from registry.core.forms import Audience, Part, RecordSchema, office, public, shown

AUDIENCES: list[Audience] = ["public", "network", "office"]
NUMBER = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")


class Colour(enum.StrEnum):
    RED = "red"


class Loud(fields.Field[Any]):
    def _serialize(self, value: Any, attr: Any, obj: Any, **_options: Any) -> Any:
        return f"{value}! ({attr} of {type(obj).__name__})"


class Upper(fields.String):
    def get_value(self, *_given: Any, **_options: Any) -> Any:
        return "its own value"


class Row(RecordSchema):
    id = fields.UUID(attribute="uuid", metadata=shown())
    name = fields.String(metadata=public())
    secret = fields.Boolean(metadata=office())

    def reads_row(self, row: Any) -> bool:
        return self.audience == "office" or not getattr(row, "secret", False)

    @post_dump(pass_original=True)
    def tell(self, data: dict[str, Any], row: Any, **options: Any) -> dict[str, Any]:
        return {**data, "told": (getattr(row, "name", None), options)}


class Sheet(RecordSchema):
    text = fields.String(metadata=public())
    link = fields.Url(data_key="web", metadata=public())
    number = fields.Integer(metadata=public())
    digits = fields.Integer(as_string=True, metadata=public())
    width = fields.Float(metadata=public())
    price = fields.Decimal(as_string=True, metadata=public())
    yes = fields.Boolean(metadata=public())
    id = fields.UUID(attribute="uuid", metadata=public())
    day = fields.Date(metadata=public())
    german_day = fields.Date(attribute="day", format="%d.%m.%Y", dump_only=True, metadata=public())
    moment = fields.DateTime(metadata=public())
    colour = fields.Enum(Colour, metadata=public())
    words = fields.List(fields.String(), metadata=public())
    days = fields.List(fields.Date(), metadata=public())
    raw = fields.Raw(metadata=public())
    by_word = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata=public())
    loud = Loud(attribute="text", dump_only=True, metadata=public())
    upper = Upper(metadata=public())
    made = fields.Method("make", metadata=public())
    always = fields.Constant(1, metadata=public())
    preset = fields.String(dump_default="preset", metadata=public())
    below = fields.UUID(attribute="one.uuid", metadata=public())
    deep = fields.String(attribute="one.one.name", metadata=public())
    one = Part(Row, metadata=public())
    rows = Part(Row, many=True, metadata=public())
    short = Part(Row, attribute="one", only=("name",), dump_only=True, metadata=public())
    note = fields.String(attribute="text", dump_only=True, metadata=office())

    def make(self, obj: Any) -> str:
        return f"made of {getattr(obj, 'number', None)}"

    @post_dump
    def count(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        return {**data, "fields": len(data)}


def row(**values: Any) -> SimpleNamespace:
    given = {"uuid": NUMBER, "name": "A", "secret": False, "one": SimpleNamespace(name="B")}
    return SimpleNamespace(**given | values)


def whole(**values: Any) -> SimpleNamespace:
    given = {
        "text": "Rathaus",
        "link": "https://example.org",
        "number": 7,
        "digits": 8,
        "width": 1.5,
        "price": Decimal("2.50"),
        "yes": True,
        "uuid": NUMBER,
        "day": date(2026, 11, 3),
        "moment": datetime(2026, 11, 3, 12, tzinfo=UTC),
        "colour": Colour.RED,
        "words": ["a", Colour.RED],
        "days": [date(2026, 1, 2)],
        "raw": {"a": [1]},
        "by_word": {"a": 1},
        "preset": "set",
        "one": row(),
        "rows": [row(), row(name="hidden", secret=True)],
    }
    return SimpleNamespace(**given | values)


def without(name: str, found: SimpleNamespace) -> SimpleNamespace:
    delattr(found, name)
    return found


STRANGE: dict[str, Callable[[], Any]] = {
    "whole": whole,
    "nothing set": lambda: SimpleNamespace(**dict.fromkeys(vars(whole()))),
    "nothing there": SimpleNamespace,
    "a dict": lambda: vars(whole()),
    "a dict inside": lambda: whole(one=vars(row()), rows=[vars(row(name="C"))]),
    "something missing": lambda: whole(one=SimpleNamespace(name="C", secret=False)),
    "other types": lambda: whole(
        text=b"bytes", link=Colour.RED, number="7", width=1, yes=1, uuid=str(NUMBER), digits=None
    ),
    "a moment as a day": lambda: whole(day=datetime(2026, 11, 3, 12, tzinfo=UTC)),
    "hidden": lambda: whole(one=row(secret=True)),
    "empty lists": lambda: whole(words=[], days=(), rows=[]),
    "no lists": lambda: whole(words=None, rows=None),
    "without what has a preset": lambda: without("preset", whole()),
    "without what a row is for": lambda: without("one", whole()),
}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("kind", STRANGE)
def test_a_dumper_equals_its_schema(kind: str, audience: Audience) -> None:
    schema, found = Sheet(audience=audience), STRANGE[kind]()
    dumped = dumper(schema)(found)
    assert dumped == schema.dump(found)
    assert list(dumped) == list(schema.dump(found))


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text() | st.integers(),
    "number": st.integers() | st.booleans(),
    "width": st.floats(allow_nan=False) | st.integers(),
    "yes": st.booleans() | st.integers(0, 1),
    "uuid": st.uuids(),
    "day": st.dates(),
    "words": st.lists(st.text()),
    "raw": st.none() | st.lists(st.integers()),
    "rows": st.lists(st.builds(row, name=st.text(), secret=st.booleans()), max_size=4),
    "one": st.builds(row, name=st.none() | st.text(), secret=st.booleans()),
}


@given(
    st.fixed_dictionaries({}, optional={name: st.none() | value for name, value in VALUES.items()}),
    st.sampled_from(AUDIENCES),
)
def test_a_dumper_equals_its_schema_for_any_values(
    values: dict[str, Any], audience: Audience
) -> None:
    schema, found = Sheet(audience=audience), whole(**values)
    assert dumper(schema)(found) == schema.dump(found)


def test_one_dumper_serves_all_kinds_of_objects() -> None:
    schema = Sheet()
    dump = dumper(schema)
    for make in (whole, SimpleNamespace, lambda: vars(whole()), whole):
        assert dump(make()) == schema.dump(make())


def test_a_value_that_cannot_be_dumped_is_an_error_either_way() -> None:
    schema, wrong = Sheet(), whole(number="seven")
    with pytest.raises(ValueError, match="seven") as expected:
        schema.dump(wrong)
    with pytest.raises(ValueError, match="seven") as error:
        dumper(schema)(wrong)
    assert str(error.value) == str(expected.value)


class Missing(RecordSchema):
    there = fields.String(attribute="one.name", metadata=public())
    gone = fields.String(metadata=public())

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        value = super().get_attribute(obj, attr, default)
        return f"no {attr}" if value is default else value


@pytest.mark.parametrize("one", [None, row(), SimpleNamespace()])
def test_a_schema_says_what_stands_for_what_is_missing(one: Any) -> None:
    found = SimpleNamespace(one=one)
    assert dumper(Missing())(found) == Missing().dump(found)
    assert Missing().dump(found)["gone"] == "no gone"


class Named(RecordSchema):
    items = fields.Raw(metadata=public())
    below = fields.Raw(attribute="one.items", metadata=public())


@pytest.mark.parametrize("name", ["items", "below"])
@pytest.mark.parametrize("wrap", [dict, SimpleNamespace])
def test_names_that_dicts_use_for_themselves_are_read_as_keys(wrap: Any, name: str) -> None:
    schema, found = Named(only=(name,)), wrap(items=1, one={"items": 1})
    assert dumper(schema)(found) == schema.dump(found) == {name: 1}


class Prepared(Row):
    @pre_dump
    def prepare(self, found: Any, **_options: Any) -> Any:
        return row(name=f"prepared {found.name}")


class Wrapped(Row):
    @post_dump(pass_collection=True)
    def wrap(self, data: Any, **_options: Any) -> Any:
        return {"wrapped": data}


class Holder(RecordSchema):
    prepared = Part(Prepared, many=True, attribute="rows", metadata=public())
    wrapped = Part(Wrapped, many=True, attribute="rows", dump_only=True, metadata=public())
    one_wrapped = Part(Wrapped, attribute="one", metadata=public())


def test_schemas_that_look_at_everything_at_once_are_left_to_marshmallow() -> None:
    schema = Holder()
    assert dumper(schema)(whole()) == schema.dump(whole())
    assert dumper(Prepared())(row()) == Prepared().dump(row())
    assert dumper(Wrapped())(row()) == Wrapped().dump(row())


def test_a_schema_of_many_dumps_a_list() -> None:
    assert dumper(Row(many=True))([row(), row()]) == Row(many=True).dump([row(), row()])
