"""What the invented conferences of a series share, and finding in them what the file names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from registry.access.policy import Who
from registry.conferences.groups.queries import PersonRow, people, rounds
from registry.conferences.invitations.models import Invitation
from registry.conferences.models import Conference, Group
from registry.conferences.series.models import Series
from registry.conferences.venues.models import Venue
from registry.exchange.demo import key_of


@dataclass(frozen=True)
class Setting:
    """What all conferences of a series share; `people` are the public ids of individuals."""

    who: Who
    today: date
    entry: Mapping[str, Any]
    series: Series
    venue: Venue
    people: Mapping[str, UUID]

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def key(self, ref: str) -> str:
        """Return the key of whoever the file names so, as the list of invitations knows it."""
        if ref in self.people:
            return f"individual:{self.people[ref]}"
        return f"actor:{key_of(ref)}"


@dataclass(frozen=True)
class Told:
    """A conference with what the file says of it, and its invitations by key."""

    setting: Setting
    conference: Conference
    entry: Mapping[str, Any]
    rows: Mapping[str, Invitation]

    @property
    def who(self) -> Who:
        return self.setting.who

    @property
    def uuid(self) -> UUID:
        return self.conference.uuid

    @property
    def first_day(self) -> date:
        return self.conference.first_day or self.setting.today

    def after(self, days: int) -> date:
        """Return the day so many days after the conference."""
        return self.first_day + timedelta(days=days)

    def row(self, ref: str) -> Invitation:
        return self.rows[self.setting.key(ref)]

    def group(self, title: str) -> Group:
        return next(each for each in self.conference.groups if each.title == title)

    def guests(self) -> list[PersonRow]:
        """Return everybody with a seat, by name."""
        [wanted] = rounds(self.conference)
        return people(self.conference, wanted)

    def seat(self, ref: str) -> UUID:
        """Return who has the seat of an invitation."""
        number = self.row(ref).number
        return next(each.uuid for each in self.guests() if each.number == number)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, tzinfo=UTC))
