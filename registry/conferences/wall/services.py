"""Writing on walls: cards, dots, photos; opening them for those who hold their link."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import Who, may, require
from registry.actors.changes import touch
from registry.audit.services import record, recorded
from registry.conferences.replies.closing import lasting
from registry.conferences.wall import queries
from registry.conferences.wall.models import Card, Dots, Photo, PhotoKind
from registry.conferences.wall.photos import Picture
from registry.conferences.wall.queries import CardRow, Wall
from registry.core import throttle, tokens
from registry.core.db import db, wait_to_write
from registry.core.errors import Conflict, Invalid, NotFound
from registry.core.throttle import Limit
from registry.network.findings.queries import load_finding

PURPOSE = "wall"
MOST_CARDS = 300  # on a wall
MOST_DOTS = 5  # of one device, or person of the office, on a wall
MOST_PHOTOS = 12
SHORTEST = timedelta(days=7)  # that a link lives, even after the conference
WRONG = Limit("wall link that opens nothing", 30, timedelta(minutes=15))
# A group shares one link, and all of them one connection of the house.
WRITES = Limit("writing on a wall by link", 2000, timedelta(hours=1))


def opened(key: str, address: str, *, writing: bool = False) -> Wall:
    """Return the wall that a link's secret opens; whoever writes is counted before it is read.

    A wall that is closed just now is returned as well: those who hold its link go on asking.
    """
    throttle.check((WRONG, address), (WRITES, key))
    if writing:
        throttle.note((WRITES, key))
    link = tokens.find(PURPOSE, key)
    try:
        if link is None:
            raise NotFound
        return queries.load_by_link(link.record)
    except NotFound:
        throttle.note((WRONG, address))
        raise


def holder(wall: Wall) -> Who:
    """Return whoever holds the link: nobody in particular, for this one wall."""
    return Who("link", "wall link", opens=wall.uuid)


def add(who: Who, wall: Wall, question: str, text: str) -> Card:
    """Put a card at the end of a column."""
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    if queries.count_cards(wall) >= MOST_CARDS:
        raise Invalid({f"new-{question}": [_("This wall is full.")]})
    last = [each.position for each in queries.load_column(wall, question)]
    card = Card(
        conference=wall.conference,
        question=question,
        text=text,
        position=max(last, default=-1) + 1,
        **{wall.column: wall.owner.id},
    )
    db.session.add(card)
    with recorded(who, "card.created", card, new=True):
        db.session.flush()
    return card


def change(who: Who, wall: Wall, uuid: UUID, version: int, data: Mapping[str, Any]) -> Card:
    """Change what a card says, where it hangs, and which finding it is about."""
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    card = queries.load_card(wall, uuid, lock=True)
    if card.version != version:
        raise Conflict(card)
    with recorded(who, "card.updated", card):
        if data["question"] != card.question:
            last = [each.position for each in queries.load_column(wall, data["question"])]
            card.position = max(last, default=-1) + 1
        card.text, card.question = data["text"], data["question"]
        if "finding" in data and may(who, Permission.NETWORK_READ, wall):
            wanted = (data["finding"] or {}).get("uuid")
            card.finding = load_finding(who, wanted) if wanted else None
        touch(card)
    return card


def move(who: Who, wall: Wall, uuid: UUID, step: int) -> None:
    """Move a card one place up or down among those of its question."""
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    wait_to_write()
    card = queries.load_card(wall, uuid, lock=True)
    others = queries.load_column(wall, card.question)
    at = others.index(card)
    others.insert(max(0, min(len(others) - 1, at + step)), others.pop(at))
    for position, each in enumerate(others):
        each.position = position
    db.session.flush()


def remove(who: Who, wall: Wall, uuid: UUID) -> CardRow:
    """Take a card off, and return what it said, so that it can be put up again."""
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    card = queries.load_card(wall, uuid, lock=True)
    row = CardRow(card.uuid, card.version, card.question, card.text)
    record(who, "card.deleted", card, {"text": [card.text, None]})
    db.session.delete(card)
    db.session.flush()
    return row


def give(who: Who, wall: Wall, uuid: UUID, giver: str, step: int) -> None:
    """Give a card a dot of priority, or take one of one's own back."""
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    wait_to_write()
    card = queries.load_card(wall, uuid, lock=True)
    if step > 0 and queries.load_board(wall, giver).given >= MOST_DOTS:
        raise Invalid({"dots": [_("All your dots are given. Take one back to move it.")]})
    row = queries.load_dots(card, giver)
    number = (row.number if row else 0) + step
    if row and number <= 0:
        db.session.delete(row)
    elif row:
        row.number = number
    elif number > 0:
        db.session.add(Dots(card_id=card.id, giver=giver, number=number))
    db.session.flush()


def keep_photo(who: Who, wall: Wall, picture: Picture, caption: str, today: date) -> Photo:
    """Keep a photo of the paper of a group or table, as it was drawn anew."""
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    if len(queries.photos(wall)) >= MOST_PHOTOS:
        raise Invalid({"photo": [_("There are enough photos of this wall. Remove one first.")]})
    made = Photo(
        conference=wall.conference,
        **{wall.column: wall.owner.id},
        kind=PhotoKind.WALL.value,
        caption=caption or None,
        width=picture.width,
        height=picture.height,
        content=picture.content,
        brought_on=today,
    )
    db.session.add(made)
    db.session.flush()
    record(who, "photo.created", made)
    return made


def remove_photo(who: Who, wall: Wall, uuid: UUID) -> None:
    require(who, Permission.CONFERENCE_WALL, _writable(who, wall))
    found = queries.load_photo(wall, uuid)
    record(who, "photo.deleted", found)
    db.session.delete(found)
    db.session.flush()


def open_(who: Who, conference: UUID, uuid: UUID) -> Wall:
    """Let those who hold its link write on a wall; the link is made with the first opening."""
    wall = queries.load_wall(who, conference, uuid)
    require(who, Permission.CONFERENCE_LEAD, wall)
    if uuid not in tokens.living(PURPOSE, [uuid]):
        _issue(wall)
    return _turn(who, wall, to=True)


def close(who: Who, conference: UUID, uuid: UUID) -> Wall:
    """Let nobody write by link any more; what hangs there stays."""
    wall = queries.load_wall(who, conference, uuid)
    require(who, Permission.CONFERENCE_LEAD, wall)
    return _turn(who, wall, to=False)


def renew(who: Who, conference: UUID, uuid: UUID) -> None:
    """Give out another link and end the one before, as when strangers have got it."""
    wall = queries.load_wall(who, conference, uuid)
    require(who, Permission.CONFERENCE_LEAD, wall)
    tokens.end(PURPOSE, wall.uuid)
    _issue(wall)
    record(who, "conference.wall_link_renewed", wall.conference, {"wall": [None, wall.title]})


def _issue(wall: Wall) -> None:
    tokens.issue(PURPOSE, wall.uuid, max(lasting(wall.conference), SHORTEST))


def _turn(who: Who, wall: Wall, *, to: bool) -> Wall:
    if wall.open != to:
        wall.owner.open = to
        what = "opened" if to else "closed"
        record(who, f"conference.wall_{what}", wall.conference, {"wall": [None, wall.title]})
        db.session.flush()
    return wall


def _writable(who: Who, wall: Wall) -> Wall:
    """Return a wall; one that is closed is none for those who hold its link."""
    if who.kind == "link" and not wall.open:
        raise NotFound
    return wall
