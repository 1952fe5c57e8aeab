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
Hook = Callable[[dict[str, Any], Any], dict[str, Any]]
Serialize = Callable[[Any, str, Any], Any]
Field = fields.Field[Any]

# Every object has this attribute: it is read where a field reads in its own way.
ANYTHING = "__class__"
# Which values a kind of field dumps as they are.
KEPT: dict[type[Field], set[type]] = {
    fields.String: {NoneType, str},
    fields.UUID: {NoneType, str},
    fields.Integer: {NoneType, int},
    fields.Float: {NoneType, float},
    fields.Boolean: {NoneType, bool},
    fields.Date: {NoneType},
}


class Step(NamedTuple):
    """One field: the attribute it reads, the types it leaves alone, what it makes of others."""

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
    """Return a dumper whose hooks are told that there are, or are not, many rows."""

    def slowly(row: Any) -> dict[str, Any]:
        found = schema.dump([row] if many else row, many=many)
        return found[0] if many else found

    return _quick_dumper(schema, slowly, many=many) if _is_usual(schema) else slowly


def _quick_dumper(schema: RecordSchema, slowly: Dump, *, many: bool) -> Dump:
    steps = [_step(schema, name, field) for name, field in schema.dump_fields.items()]
    keys = [step.key for step in steps]
    changes = [(step.key, step.name, step.kept, step.serialize) for step in steps]
    # Of a single name `attrgetter` would return no tuple.
    read = attrgetter(*(step.head for step in steps), ANYTHING, ANYTHING)
    hooks = _hooks(schema, many=many)

    def dump(row: Any) -> dict[str, Any]:
        if hasattr(row, "__getitem__"):
            return slowly(row)
        try:
            data = dict(zip(keys, read(row)))  # noqa: B905 (asking for strictness costs time)
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


def _is_usual(schema: RecordSchema) -> bool:
    """Return whether the schema dumps row by row, as marshmallow does it."""
    kind, hooks = type(schema), schema._hooks
    itself = kind.dump is Schema.dump and kind._serialize is Schema._serialize
    of_lists = hooks["pre_dump"] or any(whole for _name, whole, _options in hooks["post_dump"])
    return itself and schema.dict_class is dict and not of_lists


def _hooks(schema: RecordSchema, *, many: bool) -> list[Hook]:
    return [
        _hook(getattr(schema, name), with_row=options.get("pass_original", False), many=many)
        for name, _whole, options in schema._hooks["post_dump"]
    ]


def _hook(hook: Callable[..., Any], *, with_row: bool, many: bool) -> Hook:
    if with_row:
        return lambda data, row: hook(data, row, many=many)
    return lambda data, _row: hook(data, many=many)


def _step(schema: RecordSchema, name: str, field: Field) -> Step:
    head, _, rest = (field.attribute or name).partition(".")
    kept: set[type] = set()
    if not _reads_attributes(field) or "." in rest:
        head, serialize = ANYTHING, _own_way(schema, field)
    elif rest:
        serialize = _below(schema, field, rest)
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
    kinds = (kind for kind in KEPT if isinstance(field, kind))
    kind = next((kind for kind in kinds if type(field)._serialize is kind._serialize), None)
    return KEPT[kind] if kind else set()


def _own_way(schema: RecordSchema, field: Field) -> Serialize:
    """Return what asks the field for its value and all."""

    def serialize(_value: Any, name: str, row: Any) -> Any:
        found = field.serialize(name, row, accessor=schema.get_attribute)
        if found is missing:
            # Marshmallow leaves the key out: let it.
            raise AttributeError(name)
        return found

    return serialize


def _below(schema: RecordSchema, field: Field, rest: str) -> Serialize:
    """Return what serializes an attribute of the value, as "uuid" of `place`."""
    otherwise, usual = _own_way(schema, field), _serializer(field)

    def serialize(value: Any, name: str, row: Any) -> Any:
        if value is None or hasattr(value, "__getitem__"):
            return otherwise(value, name, row)
        return usual(getattr(value, rest), name, row)

    return serialize


def _serializer(field: Field) -> Serialize:
    """Return what makes of a value what the field makes of it."""
    kind: Any = type(field)
    if isinstance(field, Part) and kind._serialize is Part._serialize and _is_usual(field.rows):
        return _rows(field) if field.many else _row(field)
    if isinstance(field, fields.List) and kind._serialize is fields.List._serialize:
        return _list(field)
    return field._serialize


def _row(part: Part) -> Serialize:
    dump, reads = _dumper(part.rows, many=False), part.rows.reads_row

    def serialize(value: Any, _name: str, _row: Any) -> Any:
        return dump(value) if value is not None and reads(value) else None

    return serialize


def _rows(part: Part) -> Serialize:
    dump, reads = _dumper(part.rows, many=True), part.rows.reads_row

    def serialize(values: Any, _name: str, _row: Any) -> Any:
        return None if values is None else [dump(value) for value in values if reads(value)]

    return serialize


def _list(field: fields.List[Any]) -> Serialize:
    inner = _serializer(field.inner)

    def serialize(values: Any, name: str, row: Any) -> Any:
        return None if values is None else [inner(value, name, row) for value in values]

    return serialize


def loadable(schema: RecordSchema, dumped: dict[str, Any]) -> dict[str, Any]:
    """Return of a dump what the same schema loads, in its parts as well."""
    found = {}
    for name, field in schema.load_fields.items():
        key = field.data_key or name
        if key in dumped:
            found[key] = _loadable_part(field, dumped[key])
    return found


def _loadable_part(field: Field, value: Any) -> Any:
    if not isinstance(field, Part) or value is None:
        return value
    return (
        [loadable(field.rows, row) for row in value] if field.many else loadable(field.rows, value)
    )
