"""Reading submitted forms and drawing them again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from marshmallow import ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from registry.core.forms import (
    Control,
    Part,
    RecordSchema,
    controls,
    load_form,
    public,
    read_form,
    unplaced,
)


class Row(RecordSchema):
    id = fields.UUID(metadata=public(widget="hidden"))
    name = fields.String(required=True, metadata=public("Name"))
    kind = fields.String(
        load_default="a",
        validate=validate.OneOf(["a", "b"]),
        metadata=public("Kind", options=[("a", "A"), ("b", "B")]),
    )


class Sheet(RecordSchema):
    title = fields.String(required=True, metadata=public("Title"))
    number = fields.Integer(allow_none=True, metadata=public("Number"))
    width = fields.Float(allow_none=True, metadata=public("Width"))
    choices = fields.List(
        fields.String(), metadata=public("Choices", options=[("x", "X"), ("y", "Y"), ("z", "Z")])
    )
    rows = Part(Row, many=True, metadata=public("Rows"))
    one = Part(Row, only=("name",), metadata=public("One"))
    secret = fields.String()


@pytest.fixture(autouse=True)
def in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def drawn(data: dict, errors: dict | None = None) -> dict[str, Control]:
    found = controls(Sheet(audience="office"), data, errors or {}, lambda _kind: ())
    return {control.name: control for control in found}


def read(**values: str) -> dict:
    form = MultiDict([(name.replace("__", "."), value) for name, value in values.items()])
    return read_form(Sheet(audience="office"), form)


def test_rows_left_blank_are_left_out() -> None:
    form = MultiDict(
        {"rows-0.name": "A", "rows-1.name": " ", "rows-1.kind": "a", "rows-7.name": "B"}
    )
    names = [row["name"] for row in read_form(Sheet(audience="office"), form)["rows"]]
    assert names == ["A", "B"]


def test_a_row_with_only_its_preset_choice_counts_as_blank() -> None:
    assert read(**{"rows-0.kind": "a"})["rows"] == []
    assert read(**{"rows-0.kind": "b"})["rows"] == [{"kind": "b"}]


def test_an_empty_input_of_an_optional_value_means_none() -> None:
    assert read(number="")["number"] is None


def test_an_empty_required_input_is_missing() -> None:
    with pytest.raises(ValidationError) as error:
        load_form(Sheet(audience="office"), MultiDict({"title": " ", "one.name": "x"}))
    assert "title" in error.value.messages_dict


def test_a_decimal_comma_is_read_as_a_point() -> None:
    assert read(width="49,5")["width"] == "49.5"


def test_undeclared_fields_are_neither_drawn_nor_read() -> None:
    assert "secret" not in drawn({})
    assert "secret" not in read(secret="x")


def test_unknown_inputs_are_ignored() -> None:
    loaded = load_form(
        Sheet(audience="office"), MultiDict({"title": "x", "one.name": "y", "admin": "1"})
    )
    assert "admin" not in loaded


def test_chosen_options_stand_first_and_keep_their_order() -> None:
    options = [key for key, _name in drawn({"choices": ["z", "x"]})["choices"].arranged]
    assert options == ["z", "x", "y"]


def test_errors_of_rows_stand_with_their_inputs() -> None:
    control = drawn({"rows": [{"name": ""}]}, {"rows": {0: {"name": ["Missing."]}}})["rows"]
    assert control.errors == ()
    assert [(c.id, text) for c, text in control.problems] == [("f-rows-0-name", "Missing.")]


def test_errors_of_a_part_stand_with_their_inputs_and_strangers_with_the_part() -> None:
    control = drawn({}, {"one": {"name": ["Missing."], "other": ["Odd."]}})["one"]
    assert [(c.id, text) for c, text in control.problems] == [
        ("f-one", "Odd."),
        ("f-one-name", "Missing."),
    ]


def test_a_part_shows_only_the_fields_asked_for() -> None:
    assert [control.name for control in drawn({})["one"].parts] == ["one.name"]


def test_errors_without_an_input_are_not_lost() -> None:
    inputs = controls(Sheet(audience="office"), {}, {}, lambda _kind: ())
    assert unplaced({"title": ["a"], "region": ["b"]}, inputs) == ("b",)


def test_blank_rows_have_numbers_of_their_own() -> None:
    control = drawn({"rows": [{"name": "A"}]})["rows"]
    assert [row[1].name for row in control.spare] == ["rows-1.name", "rows-2.name"]
    assert control.blank[1].name == "rows-ROW.name"


@pytest.mark.parametrize(
    ("name", "value"), [("number", "viele"), ("width", "breit"), ("rows-0.kind", "c")]
)
def test_wrong_values_are_answered_in_our_own_words(name: str, value: str) -> None:
    form = MultiDict({"title": "x", "one.name": "y", "rows-0.name": "z", name: value})
    with pytest.raises(ValidationError) as error:
        load_form(Sheet(audience="office"), form)
    assert "Not a valid" not in str(error.value)
    assert "Must be one of" not in str(error.value)


@pytest.mark.parametrize("number", ["²", "1" * 5000, "-1", "x", ""])
def test_rows_with_impossible_numbers_are_ignored(number: str) -> None:
    assert read(**{f"rows-{number}.name": "A"})["rows"] == []
