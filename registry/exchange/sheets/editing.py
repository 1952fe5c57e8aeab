"""Entries of the register that rows change: through the services, as if somebody typed it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from registry.access.policy import Who
from registry.actors import services as actors
from registry.actors.models import Actor
from registry.actors.schemas import ContactSchema, PlaceSchema
from registry.core.db import db
from registry.core.errors import AppError
from registry.core.forms import messages
from registry.exchange.sheets import queries
from registry.exchange.sheets.entries import Entry
from registry.exchange.sheets.plans import Creation, Edit, Links, Plan
from registry.exchange.sheets.told import Remark
from registry.offers import services as offers
from registry.offers.schemas import OfferPlaceSchema

Data = dict[str, Any]
_PARTS = {"place": PlaceSchema, "contact": ContactSchema}


def change_actors(who: Who, plans: Sequence[Plan]) -> None:
    """Change actors of the register, their places and contacts, and add new ones to them."""
    edits, additions = defaultdict[int, list[Edit]](list), defaultdict[int, list[Creation]](list)
    for plan in plans:
        for edit in plan.edits:
            if edit.entry.part != "offer":
                edits[edit.actor.id].append(edit)
        for made in plan.creations:
            if made.entry.part in _PARTS and not made.actor.fresh:
                additions[made.actor.id].append(made)
    for actor in queries.load_actors(edits.keys() | additions.keys()):
        ours: list[Edit | Creation] = [*edits[actor.id], *additions[actor.id]]
        rows = {id(each.entry) for each in ours}
        with _refused([plan for plan in plans if rows & _entries(plan)]):
            _change_actor(who, actor, edits[actor.id], additions[actor.id])


def _change_actor(who: Who, actor: Actor, edits: list[Edit], added: list[Creation]) -> None:
    data: Data = {}
    for edit in edits:
        if edit.entry.part == "actor":
            data |= edit.loaded
    for part, schema in _PARTS.items():
        changed = {e.entry.uuid: e.loaded for e in edits if e.entry.part == part}
        new = [made for made in added if made.entry.part == part]
        if changed or new:
            rows = _rows(actor, part, schema(audience="office"))
            data[f"{part}s"] = [row | changed.get(row["uuid"], {}) for row in rows]
            data[f"{part}s"] += [dict(made.loaded) for made in new]
    actors.update_actor(who, actor.uuid, actor.version, data)
    for part in _PARTS:
        new = [made for made in added if made.entry.part == part]
        for made, row in zip(reversed(new), reversed(getattr(actor, f"{part}s")), strict=False):
            row.uuid = made.entry.uuid
    db.session.flush()
    for made in added:
        found = getattr(actor, f"{made.entry.part}s")
        made.entry.id = next(row.id for row in found if row.uuid == made.entry.uuid)


def _rows(actor: Actor, part: str, schema: Any) -> list[Data]:
    """Return the places or contacts of an actor as they would be loaded from its form."""
    rows = []
    for each in getattr(actor, f"{part}s"):
        dumped = {
            name: value for name, value in schema.dump(each).items() if name in schema.load_fields
        }
        rows.append(schema.load(dumped))
    return rows


def change_offers(who: Who, plans: Iterable[Plan]) -> None:
    for plan in plans:
        for edit in plan.edits:
            if edit.entry.part != "offer" or plan.verdict == "rejected":
                continue
            data = edit.loaded | _links(edit.entry, edit.links)
            with _refused([plan]):
                offers.update_offer(who, edit.entry.uuid, edit.entry.version, data)
                edit.entry.version += 1


@contextmanager
def _refused(plans: Sequence[Plan]) -> Iterator[None]:
    """Undo what the services refuse after all, and reject the rows that wanted it."""
    try:
        with db.session.begin_nested():
            yield
    except AppError as error:
        found = getattr(error, "errors", {}).values()
        told = [text for each in found for text in messages(each)] or [error.code]
        for plan in plans:
            plan.refuse([Remark(None, "", text) for text in told])
            plan.verdict = "rejected"
            plan.creations.clear()
            plan.changes.clear()


def _entries(plan: Plan) -> set[int]:
    ours: list[Edit | Creation] = [*plan.edits, *plan.creations]
    return {id(each.entry) for each in ours}


def _links(entry: Entry, links: Links) -> Data:
    data: Data = {}
    if links.contact:
        data["contact"] = {"uuid": links.contact.uuid}
    if links.places is not None or links.hours is not None:
        data["places"] = _places(entry, links)
    return data


def _places(entry: Entry, links: Links) -> list[Data]:
    """Return the places of an offer as it is to have them, with hours of its own at one."""
    schema = OfferPlaceSchema(audience="office")
    standing = {}
    for row in entry.now.get("places") or ():
        kept = {name: value for name, value in row.items() if name in schema.load_fields}
        standing[UUID(row["place"])] = schema.load(kept)
    named = None if links.places is None else [place.uuid for place in links.places]
    rows = [
        standing.get(uuid) or {"place": {"uuid": uuid}}
        for uuid in (standing if named is None else named)
    ]
    if links.hours is not None:
        at = links.at.uuid if links.at else next(iter(standing), None)
        for row in rows:
            if row["place"]["uuid"] == at:
                row["own_hours"] = links.hours or None
    return rows
