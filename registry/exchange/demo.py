"""The demo region: plain files that go in through the schemas and services of any import."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.actors.schemas import ActorSchema
from registry.config import resource_dir
from registry.core.errors import Invalid
from registry.core.tables import read_yaml
from registry.designations import services as designations
from registry.designations.schemas import DesignationSchema
from registry.exchange import queries
from registry.exchange.files import bar
from registry.exchange.synthetic import remove_synthetic
from registry.offers import services as offers
from registry.offers.schemas import OfferSchema

NAMESPACE = UUID("6c3f2f5e-6d6f-4f0b-9a53-5d3a1c1f7a10")
_RELATIVE = re.compile(r"^today([+-]\d+)d$")
_OWN = {"ref", "actor", "region", "example", "status", "id"}


def key_of(ref: str) -> UUID:
    """Return the public id of a demo entry: the same at every seeding."""
    return uuid5(NAMESPACE, ref)


def seed_demo(who: Who, folder: Path | None = None, today: date | None = None) -> tuple[int, int]:
    """Load demo actors and offers, and who is designated; return how many of the first two."""
    require(who, Permission.DATA_TRANSFER, None)
    folder = folder or resource_dir("seed_data") / "demo"
    read = _Reader(folder, today or date.today())
    entries = list(read("actors.yaml"))
    if queries.actors_exist(key_of(entry["ref"]) for entry in entries):
        raise Invalid({"demo": [_("The demo data is already there.")]})
    planned = list(read("offers.yaml"))
    with bar("demo", len(entries) + len(planned)) as progress:
        by_ref: dict[str, _Seeded] = {}
        for entry in entries:
            by_ref[entry["ref"]] = _seed_actor(who, entry)
            progress.update()
        _set_parents(who, by_ref, entries)
        for entry in planned:
            _seed_offer(who, by_ref[entry["actor"]], entry)
            progress.update()
        for entry in read("designations.yaml"):
            _designate(who, entry)
    return len(entries), len(planned)


def remove_demo(who: Who, folder: Path | None = None) -> tuple[int, int]:
    """Delete example entries and what the demo files brought; return how many of each.

    An actor of the demo under which somebody has entered offers of their own stays.
    """
    require(who, Permission.DATA_TRANSFER, None)
    read = _Reader(folder or resource_dir("seed_data") / "demo", date.today())
    invented = remove_synthetic(who)
    gone = offers.delete_demo(who, [key_of(entry["ref"]) for entry in read("offers.yaml")])
    left = actors.delete_demo(who, [key_of(entry["ref"]) for entry in read("actors.yaml")])
    return invented[0] + left, invented[1] + gone


class _Reader:
    def __init__(self, folder: Path, today: date) -> None:
        self.folder, self.today = folder, today

    def __call__(self, name: str) -> Iterator[dict[str, Any]]:
        for entry in read_yaml(self.folder / name):
            yield self._plain(entry)

    def _plain(self, value: Any) -> Any:
        """Resolve `today+7d`, turn dates into text, and leave empty values out."""
        if isinstance(value, dict):
            return {k: self._plain(v) for k, v in value.items() if v not in (None, "")}
        if isinstance(value, list):
            return [self._plain(item) for item in value]
        if isinstance(value, date):
            return value.isoformat()
        match = _RELATIVE.match(value) if isinstance(value, str) else None
        return (self.today + timedelta(days=int(match[1]))).isoformat() if match else value


class _Seeded:
    """An actor in the register, and its parts by the names the files give them."""

    def __init__(self, actor: Actor, entry: Mapping[str, Any]) -> None:
        self.actor = actor
        self.ids: dict[str, str] = {}
        for part in ("units", "contacts", "places"):
            for row, made in zip(entry.get(part, []), getattr(actor, part), strict=True):
                self.ids[row.get("ref", "")] = str(made.uuid)


def _seed_actor(who: Who, entry: dict[str, Any]) -> _Seeded:
    units = {unit["ref"]: unit["name"] for unit in entry.get("units", [])}
    data = {name: value for name, value in entry.items() if name not in _OWN | {"parent"}}
    for part in ("units", "contacts", "places"):
        data[part] = [_without_ref(row) for row in entry.get(part, [])]
    for contact in data["contacts"]:
        if "unit" in contact:
            contact["unit"] = units[contact["unit"]]
    actor = actors.create_actor(
        who,
        entry["region"],
        _loaded(ActorSchema(audience="office"), data, entry["ref"]),
        example=entry.get("example", False),
        uuid=key_of(entry["ref"]),
    )
    if entry.get("status") == "published":
        actors.publish_actor(who, actor.uuid)
    return _Seeded(actor, entry)


def _set_parents(who: Who, seeded: Mapping[str, _Seeded], entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        if parent := entry.get("parent"):
            actor = seeded[entry["ref"]].actor
            data = {"parent": seeded[parent].actor.uuid}
            actors.update_actor(who, actor.uuid, actor.version, data)


def _seed_offer(who: Who, provider: _Seeded, entry: dict[str, Any]) -> None:
    data = {name: value for name, value in entry.items() if name not in _OWN}
    for single in ("unit", "contact"):
        if single in data:
            data[single] = provider.ids[data[single]]
    for place in data.get("places", []):
        place["place"] = provider.ids[place["place"]]
    offer = offers.create_offer(
        who,
        provider.actor.uuid,
        _loaded(OfferSchema(audience="office"), data, entry["ref"]),
        example=entry.get("example", False),
        uuid=key_of(entry["ref"]),
    )
    if entry.get("status") == "published":
        offers.publish_offer(who, offer.uuid)


def _designate(who: Who, entry: dict[str, Any]) -> None:
    data = {name: value for name, value in entry.items() if name not in _OWN}
    if "offer" in data:
        data["offer"] = str(key_of(data["offer"]))
    loaded = _loaded(DesignationSchema(audience="office"), data, entry["actor"])
    designations.designate(who, key_of(entry["actor"]), loaded)


def _without_ref(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "ref"}


def _loaded(schema: Schema, data: Mapping[str, Any], ref: str) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(data)
    except ValidationError as error:
        raise Invalid({ref: error.messages_dict}) from None
    return loaded
