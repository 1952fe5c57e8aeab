"""Record schemas as JSON Schema: what an audience reads, and what may be written.

A marshmallow schema describes both directions at once; readers of the document need them apart.
"""

from typing import Any, cast

from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields

from registry.core.forms import Part, RecordSchema

Json = dict[str, Any]
VERSION = "3.1.0"
# Filled while the features are imported, copied into the document of each application.
COMPONENTS: dict[str, Json] = {}
# Only fields are asked of it, never a whole schema: so it needs no document to write into.
_leaves = OpenAPIConverter(VERSION, lambda _schema: None, cast(Any, None))


def read_as(schema: RecordSchema) -> Json:
    """Return a reference to what the schema's audience gets to read."""
    return _reference(schema, writing=False)


def written_as(schema: RecordSchema) -> Json:
    """Return a reference to what the schema loads."""
    return _reference(schema, writing=True)


def named(name: str, described: Json) -> Json:
    """Keep a description of our own under a name and return a reference to it."""
    COMPONENTS[name] = described
    return {"$ref": f"#/components/schemas/{name}"}


def fixed(**properties: Json) -> Json:
    """Return the description of an object with exactly these properties, all of them present."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def array(items: Json) -> Json:
    return {"type": "array", "items": items}


def list_of(name: str, items: Json) -> Json:
    """Return a reference to one page of a list, with the facets that narrow it."""
    choice = fixed(
        value={"type": "string"},
        label={"type": "string", "description": "In the language asked for"},
        count={"type": "integer", "minimum": 0},
    )
    number = {"type": "integer", "minimum": 0}
    facets = {"type": "object", "additionalProperties": array(named("Choice", choice))}
    page = fixed(items=array(items), total=number, page=number, per_page=number, facets=facets)
    return named(f"{name}List", page)


def _reference(schema: RecordSchema, *, writing: bool) -> Json:
    return named(_name(schema, writing=writing), _described(schema, writing=writing))


def _name(schema: RecordSchema, *, writing: bool) -> str:
    kind = getattr(schema, "component", "") or type(schema).__name__.removesuffix("Schema")
    if writing:
        return f"{kind}Input"
    return kind if schema.audience == "public" else f"{schema.audience.capitalize()}{kind}"


def _described(schema: RecordSchema, *, writing: bool) -> Json:
    taken = schema.load_fields if writing else schema.dump_fields
    made = fixed(**{_key(n, f): _property(f, writing=writing) for n, f in taken.items()})
    if writing:
        partial = schema.partial or ()
        made["required"] = [
            _key(name, field)
            for name, field in taken.items()
            if field.required and partial is not True and name not in partial
        ]
        made["additionalProperties"] = False
    return made


def _key(name: str, field: fields.Field[Any]) -> str:
    return field.data_key or name


def _property(field: fields.Field[Any], *, writing: bool) -> Json:
    made = _typed(field, writing=writing)
    if not writing and field.metadata.get("withheld"):
        made = {"anyOf": [made, {"type": "null"}]}
    words = [str(field.metadata.get(hint, "")) for hint in ("label", "help")]
    scheme = str(field.metadata.get("choices", "")).partition("term:")[2]
    words += [f"Keys of the vocabulary's scheme “{scheme}”"] if scheme else []
    if said := ". ".join(word for word in words if word):
        made["description"] = said
    return made


def _typed(field: fields.Field[Any], *, writing: bool) -> Json:
    if isinstance(field, Part):
        inner = _reference(field.rows, writing=writing)
        if field.many:
            return array(inner)
        return {"anyOf": [inner, {"type": "null"}]} if field.allow_none else inner
    if describe := getattr(field, "described", None):
        return dict(describe(writing=writing))
    return dict(_leaves.field2property(field))
