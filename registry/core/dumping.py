"""Dumping many rows of one kind: a schema's dump, worked out once and equal to it.

Marshmallow asks the same questions of every field of every row; here they are asked once. Whatever
is out of the ordinary (a dict, a missing attribute, a field that reads in its own way) goes to
marshmallow itself, so a new kind of field needs nothing here.
"""

from collections.abc import Callable
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple

from marshmallow import Schema, fields, missing

from registry.core.forms import Part, RecordSchema

Dump = Callable[[Any], dict[str, Any]]
Serialize = Callable[[Any, str, Any], Any]
Field = fields.Field[Any]

# Every object has this attribute: it is read where a field reads in its own way.
ANYTHING = "__class__"
# Values of exactly these types are dumped as they are.
AS_THEY_ARE: dict[type[Field], set[type]] = {
    fields.String: {NoneType, str},
    fields.Integer: {NoneType, int},
    fields.Float: {NoneType, float},
    fields.Boolean: {NoneType, bool},
    fields.UUID: {NoneType},
    fields.Date: {NoneType},
}


class Step(NamedTuple):
    """What happens to one attribute: types it leaves alone, and what becomes of other values."""

    key: str
    name: str
    head: str
    kept: frozenset[type]
    serialize: Serialize


def dumper(schema: RecordSchema) -> Dump:
    """Return a function that makes of an object what `schema.dump` makes of it.

    It relies on one thing: a schema's own `get_attribute` speaks only of what is missing; a value
    that is there is read as it is.
    """
    return schema.dump if schema.many else _dumper(schema, many=False)


def _dumper(schema: RecordSchema, *, many: bool) -> Dump:
    slowly = _slow_dumper(schema, many=many)
    if not _is_plain(schema):
        return slowly
    steps = [_step(schema, name, field) for name, field in schema.dump_fields.items()]
    keys = [step.key for step in steps]
    changes = [(step.key, step.name, step.kept, step.serialize) for step in steps]
    # Of a single name `attrgetter` returns no tuple.
    read = attrgetter(*(step.head for step in steps), ANYTHING, ANYTHING)
    hooks = _hooks(schema, many=many)

    def dump(row: Any) -> dict[str, Any]:
        if hasattr(row, "__getitem__"):
            return slowly(row)
        try:
            data = dict(zip(keys, read(row), strict=False))
            for key, name, kept, serialize in changes:
                value = data[key]
                if value.__class__ not in kept:
                    data[key] = serialize(value, name, row)
        except AttributeError:
            return slowly(row)
        for hook in hooks:
            data = hook(data, row)
        return data

    return dump


def _slow_dumper(schema: RecordSchema, *, many: bool) -> Dump:
    def dump(row: Any) -> dict[str, Any]:
        found: dict[str, Any] = schema.dump([row], many=True)[0] if many else schema.dump(row)
        return found

    return dump


def _is_plain(schema: RecordSchema) -> bool:
    kind = type(schema)
    itself = kind.dump is Schema.dump and kind._serialize is Schema._serialize
    of_collections = any(whole for _name, whole, _options in schema._hooks["post_dump"])
    return (
        itself and schema.dict_class is dict and not (schema._hooks["pre_dump"] or of_collections)
    )


def _hooks(schema: RecordSchema, *, many: bool) -> list[Callable[[dict[str, Any], Any], Any]]:
    return [
        _hook(getattr(schema, name), with_row=options.get("pass_original", False), many=many)
        for name, _whole, options in schema._hooks["post_dump"]
    ]


def _hook(
    hook: Callable[..., Any], *, with_row: bool, many: bool
) -> Callable[[dict[str, Any], Any], Any]:
    if with_row:
        return lambda data, row: hook(data, row, many=many)
    return lambda data, _row: hook(data, many=many)


def _step(schema: RecordSchema, name: str, field: Field) -> Step:
    head, _, rest = (field.attribute or name).partition(".")
    kept: set[type] = set()
    if not _reads_attributes(field) or "." in rest:
        head, serialize = ANYTHING, _own_way(schema, field)
    elif rest:
        serialize = _below(schema, field, attrgetter(rest))
    else:
        kept, serialize = _kept(field), _serializer(field)
    key = name if field.data_key is None else field.data_key
    return Step(key, name, head, frozenset(kept), serialize)


def _reads_attributes(field: Field) -> bool:
    kind = type(field)
    itself = kind.serialize is fields.Field.serialize and kind.get_value is fields.Field.get_value
    return itself and field._CHECK_ATTRIBUTE


def _kept(field: Field) -> set[type]:
    if getattr(field, "as_string", False):
        return set()
    return next(
        (
            kept
            for kind, kept in AS_THEY_ARE.items()
            if isinstance(field, kind) and type(field)._serialize is kind._serialize
        ),
        set(),
    )


def _own_way(schema: RecordSchema, field: Field) -> Serialize:
    def serialize(_value: Any, name: str, row: Any) -> Any:
        found = field.serialize(name, row, accessor=schema.get_attribute)
        if found is missing:
            # Marshmallow leaves the whole key out.
            raise AttributeError(name)
        return found

    return serialize


def _below(schema: RecordSchema, field: Field, rest: "attrgetter[Any]") -> Serialize:
    """Return what serializes an attribute of the value, as "uuid" of `place`."""
    otherwise, usual = _own_way(schema, field), _serializer(field)

    def serialize(value: Any, name: str, row: Any) -> Any:
        if value is None or hasattr(value, "__getitem__"):
            return otherwise(value, name, row)
        return usual(rest(value), name, row)

    return serialize


def _serializer(field: Field) -> Serialize:
    if isinstance(field, Part) and type(field)._serialize is Part._serialize:
        return _part(field)
    return field._serialize


def _part(part: Part) -> Serialize:
    """Return what a part does: it asks whether a row may be seen, and dumps it."""
    schema = part.rows
    if not _is_plain(schema):
        return part._serialize
    reads, many = schema.reads_row, bool(schema.many or part.many)
    dump = _dumper(schema, many=many)

    def rows(values: Any, _name: str, _row: Any) -> Any:
        return None if values is None else [dump(value) for value in values if reads(value)]

    def row(value: Any, _name: str, _row: Any) -> Any:
        return dump(value) if value is not None and reads(value) else None

    return rows if many else row
