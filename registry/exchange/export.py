"""Handing out what everyone may see: JSON for programs, GeoJSON for maps, CSV for spreadsheets.

The records are dumped by the public audience's schemas, one at a time; example entries say so.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TextIO

from flask import current_app
from flask_babel import gettext as _

from registry.core.forms import RecordSchema
from registry.core.tables import write_csv
from registry.designations.schemas import DesignatedActorSchema, DesignatedOfferSchema
from registry.exchange import queries
from registry.exchange.files import bar
from registry.exchange.flat import flatten

Record = dict[str, Any]
KINDS = ("offers", "actors")


def export(kind: str, form: str, file: TextIO, day: date) -> int:
    """Write the public offers or actors of a day in a format; return how many."""
    schema, total, found = _source(kind, day)
    with bar(kind, total) as progress:
        WRITERS[form](file, kind, schema, _dumped(schema, found, progress.update))
    return total


def _source(kind: str, day: date) -> tuple[RecordSchema, int, Iterable[Any]]:
    if kind == "offers":
        total = queries.count_published_offers(day)
        return DesignatedOfferSchema(audience="public"), total, queries.published_offers(day)
    return (
        DesignatedActorSchema(audience="public"),
        queries.count_published_actors(),
        queries.published_actors(),
    )


def _dumped(
    schema: RecordSchema, found: Iterable[Any], tick: Callable[[int], Any]
) -> Iterator[Record]:
    for each in found:
        record: Record = schema.dump(each)
        if record["example"]:
            record["notice"] = _("Example data")
        yield record
        tick(1)


def _write_json(file: TextIO, kind: str, _schema: RecordSchema, records: Iterable[Record]) -> None:
    file.write(f'{{"kind": "{kind}", "items": [\n')
    _write_list(file, records)
    file.write("]}\n")


def _write_geojson(
    file: TextIO, kind: str, schema: RecordSchema, records: Iterable[Record]
) -> None:
    file.write(f'{{"type": "FeatureCollection", "name": "{kind}", "features": [\n')
    _write_list(file, (feature for record in records for feature in _features(schema, record)))
    file.write("]}\n")


def _write_list(file: TextIO, items: Iterable[Mapping[str, Any]]) -> None:
    for number, item in enumerate(items):
        file.write(",\n" if number else "")
        json.dump(item, file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")


def _features(schema: RecordSchema, record: Record) -> Iterator[Record]:
    """Yield a feature for each place; without a known or public position it has no geometry."""
    properties = _flat(schema, record)
    properties.pop("places", None)
    places = [row.get("details") or row for row in record.get("places") or []]
    for place in places or [{}]:
        about = {f"place_{name}": value for name, value in place.items() if name not in _DEGREES}
        yield {
            "type": "Feature",
            "id": "/".join(str(part) for part in (record["id"], place.get("id")) if part),
            "geometry": _point(place),
            "properties": properties | about,
        }


_DEGREES = {"lat", "lon"}


def _point(place: Mapping[str, Any]) -> Record | None:
    if place.get("lat") is None or place.get("lon") is None:
        return None
    return {"type": "Point", "coordinates": [place["lon"], place["lat"]]}


def _write_csv(file: TextIO, _kind: str, schema: RecordSchema, records: Iterable[Record]) -> None:
    header = list(_flat(schema, {}))
    write_csv(file, header, (map(_cell, _flat(schema, record).values()) for record in records))


def _flat(schema: RecordSchema, record: Mapping[str, Any]) -> Record:
    cells = flatten(schema, record, current_app.config["LANGUAGES"])
    return cells | {"notice": record.get("notice", "")}


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


WRITERS: dict[str, Callable[[TextIO, str, RecordSchema, Iterable[Record]], None]] = {
    "json": _write_json,
    "geojson": _write_geojson,
    "csv": _write_csv,
}
