"""Taking what an actor says of its partners: kept as a draft, and reported when it is finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission, Role
from registry.access.policy import Grant, Who, require
from registry.audit.services import record
from registry.core.db import db, now
from registry.core.errors import Conflict, Invalid
from registry.network.links.models import Via
from registry.network.links.services import report_for
from registry.network.rounds import queries
from registry.network.rounds.answers.queries import Partner, partners
from registry.network.rounds.models import Asked
from registry.network.rounds.services import PURPOSE
from registry.network.rounds.ways import Partners, is_partner, ways, works_together
from registry.network.state import Kind
from registry.upkeep.campaigns.answers.opening import open_link

MOST_MISSING = 20


@dataclass(frozen=True)
class Told:
    """What was filled in; `version` is what it was made from.

    `finished`: it counts from now on. `alone`: somebody says that there is no partner.
    """

    partners: Partners
    missing: tuple[str, ...] = ()
    version: int = 0
    finished: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Way:
    """How an answer came: on which day, and by which function where it was spoken."""

    via: Via
    day: date
    said_by: str | None = None


def opened(key: str, address: str, *, answering: bool = False) -> Asked:
    """Return what a link's secret opens, locked for whoever is answering."""
    return open_link(
        PURPOSE,
        lambda uuid: queries.load_by_link(uuid, lock=answering),
        key,
        address,
        answering=answering,
    )


def holder(asked: Asked) -> Who:
    """Return whoever holds the link: nobody in particular, for this one actor."""
    grant = Grant(Role.ACTOR_EDITOR, asked.actor.region, asked.actor_id)
    return Who("link", "survey link", grants=(grant,))


def save_by_link(who: Who, asked: Asked, told: Told, today: date) -> Asked:
    """Keep what was filled in by the link; finished, it counts."""
    require(who, Permission.ACTOR_EDIT, asked.actor)
    return _take(who, asked, told, Way(Via.ROUND, today))


def save_by_telephone(who: Who, uuid: UUID, told: Told, way: Way, today: date) -> Asked:
    """Keep what was said on the telephone, today or some days ago; finished, it counts."""
    asked = queries.load_asked(who, uuid, lock=True)
    require(who, Permission.NETWORK_EDIT, asked)
    if asked.round.state != "running":
        raise Conflict(asked)
    if not (asked.round.started_on or today) <= way.day <= today:
        raise Invalid({"day": [_("Please choose a day between the start and today.")]})
    return _take(who, asked, told, way)


def _take(who: Who, asked: Asked, told: Told, way: Way) -> Asked:
    """Save unless somebody else has saved something else meanwhile; ids of others do not exist."""
    present = partners(asked)
    draft = _known(told.partners, present, asked.round.kinds)
    missing = list(told.missing)
    if told.version != asked.version and (draft, missing) != (asked.draft, asked.missing):
        raise Conflict(asked)
    _check(told, draft)
    asked.draft, asked.missing, asked.version = draft, missing, asked.version + 1
    asked.begun_at = asked.begun_at or now()
    if way.via is Via.PHONE:
        asked.said_by = way.said_by
    if told.finished:
        _finish(who, asked, present, way)
    db.session.flush()
    return asked


def _known(told: Partners, present: Mapping[str, Partner], kinds: list[str]) -> Partners:
    asked = {*ways(kinds), *(Kind.WISH for kind in kinds if kind == Kind.WISH)}
    return {
        key: {str(way): level for way, level in sorted(said.items()) if way in asked}
        for key, said in sorted(told.items())
        if key in present
    }


def _check(told: Told, draft: Partners) -> None:
    if len(told.missing) > MOST_MISSING or any(len(name) > 200 for name in told.missing):
        raise Invalid({"missing": [_("Please name at most 20, one in each line.")]})
    if not told.finished:
        return
    unclear = [key for key, said in draft.items() if is_partner(said) and not works_together(said)]
    if unclear:
        nothing = _("Please say what you do together, or take this partner out.")
        raise Invalid({key: [nothing] for key in unclear})
    together = any(works_together(said) for said in draft.values())
    if not (together or told.alone or told.missing):
        nobody = _("Please choose your partners, or say that there are none.")
        raise Invalid({"alone": [nobody]})


def _finish(who: Who, asked: Asked, present: Mapping[str, Partner], way: Way) -> None:
    """Let it count. The first day stays when an answer is corrected: that day it was known."""
    asked.answered_on = asked.answered_on or way.day
    asked.via, asked.said_by = way.via, way.said_by
    told = {present[key].id: said for key, said in asked.draft.items()}
    report_for(who, asked.actor, told, on=way.day, via=way.via, round=asked.round)
    record(who, "round.answered", asked, {"partners": [None, len(told)]})
