"""What waits for the office's decision on an entry that goes into another: it goes along."""

from collections.abc import Mapping, Sequence
from typing import Any

from registry.actors.models import Status
from registry.actors.proposals import queries, store
from registry.actors.proposals.models import Proposal, State, Verb
from registry.actors.states import joined
from registry.core.db import db
from registry.upkeep.duplicates.merging.sides import ALONG


def follow(winner: Any, loser: Any, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Let proposed changes of the loser wait for the winner; return what they were.

    `own` is what the winner had before: rows that a change names in full are its own and the
    loser's. What else waited for the loser is settled by its being archived.
    """
    waiting = queries.load_waiting(loser.uuid)
    noted = [_noted(each) for each in waiting]
    for each in waiting:
        if each.verb == Verb.UPDATE:
            each.data = {name: _with_own(name, value, own) for name, value in each.data.items()}
            _put(each, winner, winner.version)
    db.session.flush()
    store.overtake(loser.uuid, Status.ARCHIVED)
    return noted


def give_back(noted: Sequence[Mapping[str, Any]], winner: Any, loser: Any) -> None:
    """Let what followed wait for the loser again, unless it was decided or said anew since."""
    for was in noted:
        found = db.session.get(Proposal, was["key"], populate_existing=True)
        if found is None or found.made_at.isoformat() != was["made_at"]:
            continue
        if found.subject_id == winner.uuid and found.state == State.WAITING:
            found.data = was["data"]
            _put(found, loser, was["base"])
        elif found.subject_id == loser.uuid and found.state != State.WAITING:
            found.state, found.decided_at, found.reason = State.WAITING, None, None


def _noted(each: Proposal) -> dict[str, Any]:
    made_at = each.made_at.isoformat()
    return {"key": each.id, "base": each.base, "data": each.data, "made_at": made_at}


def _with_own(name: str, value: Any, own: Mapping[str, Any]) -> Any:
    return joined(own.get(name) or (), value or ()) if name in ALONG else value


def _put(proposal: Proposal, entry: Any, base: int) -> None:
    proposal.subject_id, proposal.label, proposal.base = entry.uuid, str(entry)[:300], base
