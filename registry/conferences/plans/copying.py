"""What a new conference takes over from an earlier one: rules and texts, never persons."""

from registry.conferences.invitations.models import Rule
from registry.conferences.models import AgendaItem, Conference, Duty, DutyKind, Group
from registry.conferences.plans.queries import rules
from registry.conferences.series import queries as series
from registry.core.db import db

TAKEN = (
    "venue",
    "seats",
    "overbooking",
    "seats_each",
    "deputies",
    "invited_most",
    "quotas",
    "needs_asked",
    "asks_network",
    "letter_text",
    "mail_subject",
    "mail_text",
    "enclosures",
    "reminder_days",
    "calendar",
)
OF_GROUP = ("title", "description", "minimum", "maximum", "share", "unit", "moderator")
OF_ITEM = (
    "kind",
    "title",
    "minutes",
    "starts",
    "parallel",
    "block",
    "format",
    "speaker",
    "institution",
    "description",
    "basis",
    "field",
)


def take_over(made: Conference, earlier: Conference) -> None:
    """Copy what does not name anybody: neither picks nor invitations nor individuals."""
    for name in TAKEN:
        setattr(made, name, getattr(earlier, name))
    made.groups = [
        Group(**{name: getattr(each, name) for name in OF_GROUP}, position=number)
        for number, each in enumerate(earlier.groups)
    ]


def copy_agenda(made: Conference, earlier: Conference) -> None:
    """Copy the programme onto the same days by their number; rooms only in the same venue.

    Groups find their day and room the same way; forums of a day that there is not have none yet.
    """
    days = dict(zip(earlier.days, made.days, strict=False))
    there = made.venue is not None and made.venue is earlier.venue
    for group, before in zip(made.groups, earlier.groups, strict=True):
        group.day = days.get(before.day) if before.day else None
        group.room = before.room if there else None
    made.agenda = [
        AgendaItem(
            **{name: getattr(each, name) for name in OF_ITEM},
            day=days.get(each.day) if each.day else None,
            room=each.room if there else None,
            position=number,
        )
        for number, each in enumerate(earlier.agenda)
    ]


def copy_rules(made: Conference, earlier: Conference) -> None:
    for each in rules(earlier):
        rule = Rule(
            conference=made,
            position=each.position,
            effect=each.effect,
            criteria=each.criteria,
            seats=each.seats,
            priority=each.priority,
        )
        db.session.add(rule)


def hand_on_duties(made: Conference, earlier: Conference | None) -> None:
    """Give each duty to whose turn it is; without a rotation to whoever had it last.

    How to reach the office that keeps a duty is taken over where the organisation is the same.
    """
    turns = series.next_turns(made.series, made.first_day) if made.series else {}
    before = {each.kind: each for each in earlier.duties} if earlier else {}
    for kind in DutyKind:
        last = before.get(kind.value)
        actor = turns.get(kind.value) or (last.actor if last else None)
        if actor is None:
            continue
        duty = Duty(kind=kind.value, actor=actor)
        if last and last.actor is actor:
            duty.function, duty.phone, duty.email = last.function, last.phone, last.email
        made.duties.append(duty)
