"""Reading walls: whose they are, their cards in order, their photos."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from registry.access.policy import Who
from registry.actors.queries import locked
from registry.conferences.groups.models import Cafe, CafeTable
from registry.conferences.marks import Mark, mark
from registry.conferences.models import Conference, Group
from registry.conferences.queries import load_conference
from registry.conferences.wall.models import Card, Dots, Photo, PhotoKind, Question
from registry.core.db import db
from registry.core.errors import NotFound


@dataclass(frozen=True)
class Wall:
    """The wall of a working group, or of a table of a World Café; `owner` is its row."""

    conference: Conference
    owner: Group | CafeTable
    mark: Mark | None = None

    @property
    def uuid(self) -> UUID:
        return self.owner.uuid

    @property
    def title(self) -> str:
        return self.owner.title if isinstance(self.owner, Group) else self.owner.topic

    @property
    def table(self) -> int | None:
        """Return the number of the table, None for a working group."""
        return self.owner.number if isinstance(self.owner, CafeTable) else None

    @property
    def open(self) -> bool:
        return self.owner.open

    @property
    def column(self) -> str:
        """Return which column of a card or photo names this wall."""
        return "group_id" if isinstance(self.owner, Group) else "table_id"

    @property
    def region(self) -> str:
        return self.conference.region

    @property
    def duty_actors(self) -> dict[str, frozenset[int]]:
        return self.conference.duty_actors

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True)
class CardRow:
    """A card as a wall shows it; `given` are the dots of whoever looks."""

    uuid: UUID
    version: int
    question: str
    text: str
    dots: int = 0
    given: int = 0
    finding_id: int | None = None


Columns = Mapping[str, Sequence[CardRow]]


@dataclass(frozen=True)
class Board:
    """A wall with its cards under each question, and how many there are."""

    wall: Wall
    columns: Columns = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(cards) for cards in self.columns.values())

    @property
    def dots(self) -> int:
        return sum(card.dots for cards in self.columns.values() for card in cards)

    @property
    def given(self) -> int:
        return sum(card.given for cards in self.columns.values() for card in cards)

    def ranked(self, question: str) -> list[CardRow]:
        """Return the cards of a question, those with most dots first."""
        return sorted(self.columns.get(question, ()), key=lambda card: -card.dots)


def walls(conference: Conference) -> list[Wall]:
    """Return the walls of a conference: of its groups, then of the tables of its cafés."""
    groups = [Wall(conference, each, mark(n)) for n, each in enumerate(conference.groups)]
    query = (
        select(CafeTable)
        .join(Cafe, Cafe.id == CafeTable.cafe_id)
        .where(Cafe.conference_id == conference.id)
        .order_by(Cafe.id, CafeTable.number)
    )
    return [*groups, *(Wall(conference, each) for each in db.session.scalars(query))]


def load_wall(who: Who, conference: UUID, uuid: UUID) -> Wall:
    """Return a wall of a conference that `who` may see, or raise NotFound."""
    return _one(walls(load_conference(who, conference)), uuid)


def load_by_link(uuid: UUID) -> Wall:
    """Return the wall that a link opens, whether or not it is open now."""
    group = db.session.scalar(select(Group).where(Group.uuid == uuid))
    if group is not None:
        return _one(walls(group.conference), uuid)
    query = select(CafeTable).where(CafeTable.uuid == uuid)
    table = db.session.scalar(query.options(joinedload(CafeTable.cafe)))
    if table is None:
        raise NotFound
    return Wall(table.cafe.conference, table)


def _one(found: Iterable[Wall], uuid: UUID) -> Wall:
    wall = next((each for each in found if each.uuid == uuid), None)
    if wall is None:
        raise NotFound
    return wall


def load_board(wall: Wall, giver: str = "") -> Board:
    """Return a wall with its cards; `giver` is who looks, for the dots of their own."""
    return boards(wall.conference, [wall], giver)[wall.uuid]


def boards(
    conference: Conference, of: Sequence[Wall] | None = None, giver: str = ""
) -> dict[UUID, Board]:
    """Return all walls of a conference, or some, with their cards, by public id."""
    wanted = walls(conference) if of is None else of
    keys = {(each.column, each.owner.id): each.uuid for each in wanted}
    query = select(Card).where(Card.conference_id == conference.id)
    if of is not None and len(of) == 1:
        query = query.where(getattr(Card, of[0].column) == of[0].owner.id)
    cards = db.session.scalars(query.order_by(Card.position, Card.id)).all()
    dots, own = _dots(query), _dots(query, giver) if giver else {}
    found: dict[UUID, dict[str, list[CardRow]]] = defaultdict(_columns)
    for card in cards:
        key = ("group_id", card.group_id) if card.group_id else ("table_id", card.table_id)
        if key in keys:
            row = _row(card, dots.get(card.id, 0), own.get(card.id, 0))
            found[keys[key]][card.question].append(row)
    return {each.uuid: Board(each, found[each.uuid]) for each in wanted}


def _columns() -> dict[str, list[CardRow]]:
    return {each.value: [] for each in Question}


def _row(card: Card, dots: int, given: int) -> CardRow:
    return CardRow(
        uuid=card.uuid,
        version=card.version,
        question=card.question,
        text=card.text,
        dots=dots,
        given=given,
        finding_id=card.finding_id,
    )


def _dots(cards: Any, giver: str = "") -> dict[int, int]:
    keys = cards.with_only_columns(Card.id).order_by(None)
    query = select(Dots.card_id, func.sum(Dots.number)).where(Dots.card_id.in_(keys))
    if giver:
        query = query.where(Dots.giver == giver)
    return dict(iter(db.session.execute(query.group_by(Dots.card_id))))


def load_card(wall: Wall, uuid: UUID, *, lock: bool = False) -> Card:
    """Return a card of a wall, or raise NotFound."""
    query = select(Card).where(Card.uuid == uuid, getattr(Card, wall.column) == wall.owner.id)
    found = db.session.scalar(locked(query, Card) if lock else query)
    if found is None:
        raise NotFound
    return found


def load_dots(card: Card, giver: str) -> Dots | None:
    return db.session.get(Dots, (card.id, giver), populate_existing=True)


def load_column(wall: Wall, question: str) -> list[Card]:
    """Return the cards under a question in their order."""
    query = select(Card).where(
        getattr(Card, wall.column) == wall.owner.id, Card.question == question
    )
    return list(db.session.scalars(query.order_by(Card.position, Card.id)))


def count_cards(wall: Wall) -> int:
    query = select(func.count(Card.id)).where(getattr(Card, wall.column) == wall.owner.id)
    return db.session.scalar(query) or 0


def photos(wall: Wall) -> Sequence[Photo]:
    """Return the photos of the paper of a group or table, without their content."""
    mine = getattr(Photo, wall.column) == wall.owner.id
    query = select(Photo).where(mine, Photo.kind == PhotoKind.WALL)
    return db.session.scalars(query.order_by(Photo.id)).all()


def load_photo(wall: Wall, uuid: UUID) -> Photo:
    found = next((each for each in photos(wall) if each.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found
