"""Seeding the conferences of the demo region, and removing them.

They are planned, their rules applied, answers taken and minutes approved as anybody's would be;
only days are set back afterwards. Whatever mail that writes is deleted: nobody was invited.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from registry.access.permissions import Permission
from registry.access.policy import Who, require
from registry.conferences import queries
from registry.conferences.demo import afterwards, day, preparing
from registry.conferences.demo.setting import Setting, Told, at
from registry.conferences.invitations.choosing import queries as planning
from registry.conferences.invitations.choosing import services as choosing
from registry.conferences.invitations.choosing.schemas import RuleSchema
from registry.conferences.invitations.individuals import services as individuals
from registry.conferences.invitations.individuals.schemas import IndividualSchema
from registry.conferences.invitations.models import Channel, Invitation, Reply, Via
from registry.conferences.invitations.services import freeze
from registry.conferences.models import Conference
from registry.conferences.plans import services as plans
from registry.conferences.plans.schemas import NewPlanSchema
from registry.conferences.replies import services as replies
from registry.conferences.replies import told as answers
from registry.conferences.replies.told import Needs, Person, Seat
from registry.conferences.series import queries as calendar
from registry.conferences.series import services as series
from registry.conferences.series.schemas import SeriesSchema
from registry.conferences.venues import services as venues
from registry.conferences.venues.schemas import VenueSchema
from registry.config import resource_dir
from registry.core.db import db
from registry.core.tables import read_yaml
from registry.exchange.demo import key_of

REGION = "09576"
STARTS, ENDS = "13:30", "17:00"


def seed(who: Who, today: date, folder: Path | None = None) -> int:
    """Add the conferences of the demo actors, which are there already; return how many."""
    require(who, Permission.DATA_TRANSFER, None)
    folder = folder or resource_dir("seed_data") / "demo"
    made = [
        conference
        for entry in read_yaml(folder / "conferences.yaml")
        for conference in _series(who, entry, today)
    ]
    queries.delete_mail_about(made)
    return len(made)


def remove(who: Who) -> None:
    """Delete the invented conferences with all that belongs to them."""
    require(who, Permission.DATA_TRANSFER, None)
    queries.delete_examples(REGION)


def _series(who: Who, entry: Mapping[str, Any], today: date) -> list[Conference]:
    turns = [
        {"kind": kind, "actor": str(key_of(ref))}
        for kind, refs in entry["turns"].items()
        for ref in refs
    ]
    said = {"name": entry["series"], "months": entry["months"], "turns": turns}
    made = series.create(who, REGION, SeriesSchema(audience="office").load(said))
    venue = venues.create(who, REGION, VenueSchema(audience="office").load(entry["venue"]))
    made.example = venue.example = True
    people = {each["ref"]: _individual(who, each, today) for each in entry["individuals"]}
    setting = Setting(who, today, entry, made, venue, people)
    found: list[Conference] = []
    for each in entry["conferences"]:
        found.append(_conference(setting, each, found[-1] if found else None))
    return found


def _individual(who: Who, entry: Mapping[str, Any], today: date) -> UUID:
    told = {name: value for name, value in entry.items() if name != "ref"}
    given = {"form": "none", "consent_on": (today - timedelta(days=240)).isoformat(), **told}
    made = individuals.enter(who, REGION, IndividualSchema(audience="office").load(given), today)
    made.example = True
    return made.uuid


def _conference(
    setting: Setting, entry: Mapping[str, Any], earlier: Conference | None
) -> Conference:
    """Plan one on the base of the one before, let people answer, and hold it if its day is over."""
    made = _plan(setting, entry, earlier)
    if earlier is None:
        preparing.set_groups(setting, made)
        _rules(setting, made)
    preparing.programme(setting, made, entry["programme"])
    _reach_duties(made, setting.entry["contacts"])
    told = Told(setting, made, entry, _invite(setting, made, entry, setting.ago(entry["invited"])))
    for ref, said in entry["answers"].items():
        _answer(setting, told.row(ref), said)
    preparing.arrange(told)
    preparing.topics(told)
    if entry["day"] < 0:
        day.hold(told)
        afterwards.follow(told)
    db.session.flush()
    return made


def _plan(setting: Setting, entry: Mapping[str, Any], earlier: Conference | None) -> Conference:
    first = _good_day(setting.today + timedelta(days=entry["day"]))
    given = {
        "title": entry["title"],
        "motto": entry["motto"],
        "series": str(setting.series.uuid),
        "venue": str(setting.venue.uuid),
        "days": [{"day": first.isoformat(), "starts": STARTS, "ends": ENDS}],
        "deadline": (first - timedelta(days=21)).isoformat(),
        "seats": entry["seats"],
        "needs_asked": setting.entry["needs_asked"],
        "template": str(earlier.uuid) if earlier else None,
        "deputies": True,
    }
    made = plans.create(setting.who, REGION, NewPlanSchema(audience="office").load(given))
    made.example = True
    return made


def _good_day(day: date) -> date:
    """Return the first day from this one on which nothing speaks against a conference."""
    almanac = calendar.almanac(REGION, day.year, day.year + 1)
    near = (day + timedelta(days=number) for number in range(60))
    return next((each for each in near if almanac.is_free(each)), day)


def _rules(setting: Setting, made: Conference) -> None:
    made.quotas = {key: dict(each) for key, each in setting.entry["quotas"].items()}
    for rule in setting.entry["rules"]:
        choosing.add_rule(setting.who, made.uuid, RuleSchema(audience="office").load(rule))


def _reach_duties(made: Conference, contacts: Mapping[str, Mapping[str, str]]) -> None:
    reached = {str(key_of(ref)): each for ref, each in contacts.items()}
    for duty in made.duties:
        known = reached.get(str(duty.actor.uuid), {}) if duty.actor else {}
        for name, value in known.items():
            setattr(duty, name, value)


def _invite(
    setting: Setting, made: Conference, entry: Mapping[str, Any], day: date
) -> dict[str, Invitation]:
    """Apply rules and picks, freeze the list, and say it was sent; return it by key."""
    for each in entry["picks"]:
        said = {"effect": each["effect"], "reason": each["reason"]}
        choosing.pick(setting.who, made.uuid, setting.key(each["actor"]), said)
    seen = planning.planned(made, day).difference.digest
    choosing.apply(setting.who, made.uuid, seen, day)
    rows = planning.present(made)
    for ref in entry.get("post", ()):
        rows[setting.key(ref)].channel = Channel.POST
    freeze(setting.who, made)
    made.frozen_at = at(day)
    for row in rows.values():
        row.invited_on = day
        by_mail = row.channel == Channel.MAIL
        row.told, row.letter_on = (0, None) if by_mail else (None, day)
    for ref in entry.get("reminded", ()):
        rows[setting.key(ref)].reminded_on = setting.ago(2)
    return rows


def _answer(setting: Setting, row: Invitation, said: Mapping[str, Any]) -> None:
    """Take an answer as of its day."""
    day = setting.ago(said["ago"])
    groups = [str(each.uuid) for each in row.conference.groups]
    seat = Seat(
        Person(*(said.get(name, "") for name in ("given_name", "family_name", "function"))),
        wishes=tuple(groups[number] for number in said.get("wishes", ())),
        listed=said.get("listed", False),
        needs=Needs(**said["needs"]) if "needs" in said else None,
    )
    reply = Reply(said["reply"])
    seats = {} if reply == Reply.NO else {0: seat}
    told = answers.Told(reply, seats, said_by=said.get("said_by"))
    replies.answer(setting.who, row, told, Via(said.get("via", Via.LINK)), day)
    row.replied_at = at(day)
