"""Conferences for tests: an afternoon in Roth, some weeks ahead, with two working groups."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from registry.actors.models import Actor
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference, Day, Duty, Group
from registry.conferences.replies.models import Participant
from registry.core.db import db

TODAY = date.today()
STARTS, ENDS = time(13), time(17)


def make_conference(
    *days: date,
    duties: Mapping[str, Actor] | None = None,
    groups: Sequence[str] = ("Sprache", "Arbeit"),
    **fields: Any,
) -> Conference:
    """Make a conference on these days; `duties` are the actors that hold them, by their kind."""
    given = {"region": "09576", "title": "Integrationskonferenz", "seats": 40, **fields}
    given.setdefault("deadline", TODAY + timedelta(weeks=4))
    made = Conference(
        days=[
            Day(day=day, starts=STARTS, ends=ENDS) for day in days or (TODAY + timedelta(weeks=6),)
        ],
        duties=[Duty(kind=kind, actor=actor) for kind, actor in (duties or {}).items()],
        groups=[Group(title=title, position=number) for number, title in enumerate(groups)],
        **given,
    )
    db.session.add(made)
    db.session.commit()
    return made


def make_invitation(
    conference: Conference, actor: Actor | None = None, **fields: Any
) -> Invitation:
    """Make an invitation as the rules would, to an actor or whoever `fields` name."""
    given = {
        "organisation": actor.name if actor else "",
        "category": actor.category.key if actor and actor.category else "",
        "reasons": [{"code": "rule", "rule": 0}],
        **fields,
    }
    made = Invitation(conference=conference, actor=actor, **given)
    db.session.add(made)
    db.session.commit()
    return made


def make_participant(
    conference: Conference,
    name: str,
    *wishes: Group,
    organisation: str = "",
    **fields: Any,
) -> Participant:
    """Make somebody with a seat, who wishes for these groups in this order."""
    invitation = make_invitation(conference, organisation=organisation, reply="yes")
    made = Participant(
        conference=conference,
        invitation=invitation,
        family_name=name,
        form="neutral",
        wishes=[str(each.uuid) for each in wishes],
        **fields,
    )
    db.session.add(made)
    db.session.commit()
    return made
