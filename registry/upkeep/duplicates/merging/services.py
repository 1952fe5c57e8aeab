"""Merging two entries in one transaction, and undoing it as long as nothing has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.actors import services as actors
from registry.actors.changes import touch
from registry.actors.models import Actor, Status
from registry.actors.schemas import ActorSchema
from registry.audit.services import record, recorded
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid, NotFound
from registry.offers import services as offers
from registry.offers.models import Offer
from registry.offers.schemas import OfferSchema
from registry.texts.translated import Translated
from registry.upkeep.duplicates import queries as duplicates
from registry.upkeep.duplicates.merging import queries, wishes
from registry.upkeep.duplicates.merging.queries import Pointer
from registry.upkeep.duplicates.models import Kind, Merging, NotTheSame
from registry.upkeep.kinds import KINDS

MAX_ABOVE = 20
SCHEMAS = {Kind.ACTOR: ActorSchema, Kind.OFFER: OfferSchema}


@dataclass(frozen=True)
class Pair:
    """Two entries and the versions somebody looked at."""

    kind: str
    winner: UUID
    loser: UUID
    versions: tuple[int, int] = (0, 0)


def tell_apart(who: Who, kind: str, one: UUID, other: UUID) -> None:
    """Remember that two entries are not the same."""
    found = queries.load_entries(who, kind, [one, other])
    for entry in found:
        require(who, Permission.ENTRY_MERGE, entry)
    first, second = sorted((one, other), key=lambda uuid: uuid.int)
    if duplicates.load_told_apart(first, second) is None:
        db.session.add(NotTheSame(first=first, second=second))
        record(who, f"{kind}.told_apart", found[0], {"other": [None, str(found[1])]})
        db.session.flush()


def merge(who: Who, pair: Pair, taken: Sequence[str]) -> Merging:
    """Let everything that points at the loser point at the winner, and archive the loser.

    `taken` are the fields in which the loser's words replace the winner's.
    """
    winner, loser = queries.load_entries(who, pair.kind, [pair.winner, pair.loser], lock=True)
    require(who, Permission.ENTRY_MERGE, winner)
    require(who, Permission.ENTRY_MERGE, loser)
    if (winner.version, loser.version) != pair.versions or _is_archived(winner, loser):
        raise Conflict(winner)
    _check(winner, loser)
    before = _before(pair.kind, winner, loser, taken)
    _say(who, pair.kind, winner, _words(pair.kind, loser, taken))
    _step_aside(winner, loser)
    own = KINDS[pair.kind].life.dump(winner)
    before["moved"] = _moved(pair.kind, winner, loser)
    _set_status(who, pair.kind, loser, Status.ARCHIVED)
    touch(winner)
    before["waiting"] = wishes.follow(winner, loser, own)
    before["versions"] = [winner.version, loser.version]
    made = Merging(
        kind=pair.kind,
        region=winner.region,
        winner=winner.uuid,
        loser=loser.uuid,
        winner_name=str(winner)[:300],
        loser_name=str(loser)[:300],
        before=before,
    )
    db.session.add(made)
    record(who, f"{pair.kind}.received", winner, {"merged": [None, str(loser)]})
    record(who, f"{pair.kind}.merged", loser, {"merged_into": [None, str(winner)]})
    _see_anew(winner, loser)
    return made


def take_apart(who: Who, uuid: UUID) -> Merging:
    """Undo a merge; refused with the names of what has changed since."""
    merging = duplicates.load_merging(who, uuid)
    if merging is None:
        raise NotFound
    require(who, Permission.ENTRY_MERGE, merging)
    if merging.undone_at:
        raise Conflict(merging)
    if not merging.before:
        raise Invalid({"undo": [_("This can no longer be undone.")]})
    pair = [merging.winner, merging.loser]
    winner, loser = queries.load_entries(who, merging.kind, pair, lock=True)
    rows = _still_there(merging, winner, loser)
    for pointer, row in rows:
        setattr(row, pointer.name, loser.id)
    _see_anew(winner, loser)
    _refuse(queries.load_torn([winner.id, loser.id]) if merging.kind == Kind.ACTOR else ())
    _say(who, merging.kind, winner, merging.before)
    if "parent" in merging.before:
        winner.parent_id = merging.before["parent"]
    _set_status(who, merging.kind, loser, Status(merging.before["status"]))
    touch(winner)
    wishes.give_back(merging.before.get("waiting", ()), winner, loser)
    merging.undone_at = now()
    record(who, f"{merging.kind}.unmerged", winner, {"merged": [str(loser), None]})
    record(who, f"{merging.kind}.unmerged", loser, {"merged_into": [str(winner), None]})
    _see_anew(winner, loser)
    return merging


def _is_archived(*entries: Any) -> bool:
    """Return whether one of them is out of sight already, and so would be what it goes into."""
    return any(entry.status == Status.ARCHIVED for entry in entries)


def _check(winner: Any, loser: Any) -> None:
    if isinstance(winner, Offer) and winner.actor_id != loser.actor_id:
        message = _("These offers have different providers. Please merge the providers first.")
        raise Invalid({"actor": [message]})


def _before(kind: str, winner: Any, loser: Any, taken: Sequence[str]) -> dict[str, Any]:
    """Return what has to be known to take the two apart again."""
    found: dict[str, Any] = {"status": loser.status, **_words(kind, winner, taken)}
    if isinstance(winner, Actor):
        found["parent"] = winner.parent_id
    return found


def _dump(kind: str, entry: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = SCHEMAS[Kind(kind)](audience="office").dump(entry)
    return dumped


def _words(kind: str, entry: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return what an entry says in some fields; texts with the states of their translations."""
    dumped = _dump(kind, entry)
    held = {name: getattr(entry, name, None) for name in names}
    texts = {name: v.to_json() for name, v in held.items() if isinstance(v, Translated)}
    return {"texts": texts, "said": {name: dumped[name] for name in names if name not in texts}}


def _say(who: Who, kind: str, entry: Any, words: Mapping[str, Any]) -> None:
    """Let an entry say something else, through the service that checks and logs it."""
    if words["said"]:
        data = SCHEMAS[Kind(kind)](audience="office").load(words["said"], partial=True)
        update: Any = actors.update_actor if kind == Kind.ACTOR else offers.update_offer
        update(who, entry.uuid, entry.version, data)
    with recorded(who, f"{kind}.updated", entry):
        for name, text in words["texts"].items():
            setattr(entry, name, Translated.from_json(text))


def _step_aside(winner: Any, loser: Any) -> None:
    """Let the winner stand below the loser's parent, if it stands below the loser."""
    if not isinstance(winner, Actor):
        return
    above = winner.parent
    for _step in range(MAX_ABOVE):
        if above is None:
            return
        if above is loser:
            winner.parent = loser.parent
            return
        above = above.parent


def _moved(kind: str, winner: Any, loser: Any) -> list[dict[str, Any]]:
    """Let rows point at the winner; return which they were, and in which version."""
    db.session.flush()
    moved = []
    for pointer in queries.pointers(kind):
        rows = queries.load_pointing(pointer, loser.id)
        for row in queries.fitting(pointer, rows, winner.id):
            setattr(row, pointer.name, winner.id)
            version = getattr(row, "version", None)
            place = {"table": pointer.table, "name": pointer.name}
            moved.append({**place, "key": row.id, "version": version})
    return moved


def _still_there(merging: Merging, winner: Any, loser: Any) -> list[tuple[Pointer, Any]]:
    """Return what moved then and stands as it did; raises with the names of what does not."""
    versions = merging.before["versions"]
    changed = [each for each, v in zip((winner, loser), versions, strict=True) if each.version != v]
    known = {(each.table, each.name): each for each in queries.pointers(merging.kind)}
    rows, gone = [], 0
    for moved in merging.before["moved"]:
        pointer = known[moved["table"], moved["name"]]
        row = queries.load_row(pointer, moved["key"])
        if row is None:
            gone += 1
        elif (getattr(row, pointer.name), getattr(row, "version", None)) != (
            winner.id,
            moved["version"],
        ):
            changed.append(row)
        else:
            rows.append((pointer, row))
    _refuse(changed, gone)
    return rows


def _refuse(changed: Sequence[Any], gone: int = 0) -> None:
    names = [str(each) for each in changed]
    names += [_("an entry that was deleted")] * bool(gone)
    if names:
        message = _(
            "This cannot be undone any more. Changed since: %(names)s", names=", ".join(names)
        )
        raise Invalid({"undo": [message]})


def _set_status(who: Who, kind: str, entry: Any, status: Status) -> None:
    record(who, f"{kind}.{status}", entry, {"status": [entry.status, status.value]})
    entry.status = status
    touch(entry)


def _see_anew(*entries: Any) -> None:
    """Write, and forget the lists that were loaded before rows changed hands."""
    db.session.flush()
    for entry in entries:
        db.session.expire(entry)
