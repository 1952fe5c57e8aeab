"""What the form of an item offers, and an item as its form sends it."""

from collections.abc import Mapping
from typing import Any

from registry.access.policy import Who
from registry.conferences.choices import Choices
from registry.conferences.models import AgendaItem, Conference
from registry.conferences.programme.schemas import TimedItemSchema
from registry.conferences.topics import queries as topics
from registry.core import i18n
from registry.core.forms import controls


class Versioned:
    """An item with the version of its conference, which is what its form was made from."""

    def __init__(self, row: AgendaItem, version: int) -> None:
        self.row, self.version = row, version

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def choices(
    who: Who, found: Conference, row: AgendaItem | None, data: Mapping[str, Any]
) -> Choices:
    """Return the days of the conference and the rooms of its venue, with the room there was."""
    rooms = list(found.venue.rooms) if found.venue else []
    if row and row.room and row.room not in rooms:
        rooms.append(row.room)
    others = (
        ("day", tuple((str(each.uuid), i18n.long_date(each.day)) for each in found.days)),
        ("room", tuple((str(each.uuid), each.name) for each in rooms)),
    )
    return Choices(who, found.region, data, others=others)


def as_sent(row: AgendaItem) -> list[tuple[str, Any]]:
    """Return an item as its form sends it, so that it can be added again."""
    schema = TimedItemSchema(audience="office")
    inputs = controls(schema, schema.dump(row), {}, lambda _kind: ())
    told = [(each.name, value) for each in inputs for value in each.chosen if each.name != "id"]
    return [
        (name, "true" if value == "True" else value) for name, value in told if value != "False"
    ]


def stood(found: Conference) -> list[tuple[str, Any]]:
    """Return all items, and the topics they were made of, as a form sends them."""
    kept: list[tuple[str, Any]] = []
    for number, row in enumerate(found.agenda):
        kept.append((f"agenda-{number}.id", row.uuid))
        kept += [(f"agenda-{number}.{name}", value) for name, value in as_sent(row)]
    items = {each.id: each.uuid for each in found.agenda}
    of = topics.by_item(found)
    return [*kept, *(("topic", f"{topic.uuid} {items[key]}") for key, topic in of.items())]
