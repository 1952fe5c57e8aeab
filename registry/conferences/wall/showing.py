"""How a wall is drawn and written on: the same for the office and for those who hold its link."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, send_file, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.access.permissions import Permission
from registry.access.policy import Who, may
from registry.conferences.wall import photos, queries, services
from registry.conferences.wall.models import Card
from registry.conferences.wall.queries import CardRow, Wall
from registry.conferences.wall.schemas import HEADINGS, LONGEST, CardSchema, LinkedCardSchema
from registry.core import tokens
from registry.core.editing import Outcome, attempt, beside, given, sheet, submitted, typed, version
from registry.core.errors import Invalid
from registry.core.forms import Option
from registry.core.listing import as_uuid
from registry.core.text import is_storable
from registry.network.findings import queries as findings
from registry.network.findings.queries import FindingFilter
from registry.network.findings.wording import told

DEVICE = "device"  # in the session: a number that tells devices apart and nobody knows
MOST_FINDINGS = 200
CAPTION = 300


@dataclass(frozen=True)
class Places:
    """Where the parts of a wall's page are found; `frame` is the page around it."""

    frame: str
    board: str
    now: str
    photo: str
    card: Callable[[UUID], str]
    picture: Callable[[UUID], str]
    plenary: str = ""


@dataclass(frozen=True)
class Typed:
    """What is typed under each question and not a card yet, with what is wrong with it."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def others(self) -> list[str]:
        """Return the messages that belong to no input."""
        own = {f"new-{key}" for key in HEADINGS} | {"photo"}
        return [str(m) for key, all_ in self.errors.items() if key not in own for m in all_]


def giver(who: Who) -> str:
    """Return a digest of who gives dots: a person of the office, or a device."""
    said = f"user {who.user_id}" if who.user_id else f"device {session.get(DEVICE, '')}"
    known = who.user_id or session.get(DEVICE)
    return tokens.derived("dots", said.encode()).hex() if known else ""


def _known_giver(who: Who) -> str:
    if not who.user_id and not session.get(DEVICE):
        session[DEVICE] = secrets.token_hex(16)
    return giver(who)


def page(
    who: Who, wall: Wall, places: Places, waits: Typed | None = None, removed: CardRow | None = None
) -> str:
    """Return the page of a wall."""
    return render_template(
        "conferences/wall/wall.html",
        **_shown(who, wall, places),
        typed=waits or Typed(),
        removed=removed,
    )


def part(who: Who, wall: Wall, places: Places) -> str:
    """Return what changes on the page of a wall, alone."""
    return render_template("conferences/wall/_now.html", **_shown(who, wall, places))


def _shown(who: Who, wall: Wall, places: Places) -> dict[str, Any]:
    board = queries.load_board(wall, giver(who))
    return {
        "conference": wall.conference,
        "wall": wall,
        "board": board,
        "headings": HEADINGS,
        "left": max(0, services.MOST_DOTS - board.given),
        "photos": queries.photos(wall),
        "at": places,
        "writes": may(who, Permission.CONFERENCE_WALL, wall),
        "most_mb": photos.MAX_MB,
    }


def acted(who: Who, wall: Wall, places: Places) -> Any:
    """Do what a button of the wall asks for; what is typed beside it is never lost."""
    verb, _colon, key = request.form.get("do", "add").partition(":")
    uuid = as_uuid(key) or UUID(int=0)
    outcome = attempt(lambda: _do(who, wall, verb, uuid))
    texts = {} if verb == "add" and outcome.saved else _texts()
    if not outcome.saved:
        return page(who, wall, places, Typed(texts, outcome.errors)), outcome.status
    if request.headers.get("X-Part"):
        return part(who, wall, places)
    if verb == "remove":
        return page(who, wall, places, Typed(texts), removed=outcome.saved)
    return page(who, wall, places, Typed(texts)) if texts else redirect(places.board)


def _texts() -> dict[str, str]:
    form = submitted()
    said = {key: form.get(f"new-{key}", "").strip() for key in HEADINGS}
    return {key: words for key, words in said.items() if words}


def _do(who: Who, wall: Wall, verb: str, uuid: UUID) -> Any:
    acts: dict[str, Callable[[], Any]] = {
        "add": lambda: _add(who, wall, _texts()),
        "dot": lambda: services.give(who, wall, uuid, _known_giver(who), 1),
        "undot": lambda: services.give(who, wall, uuid, _known_giver(who), -1),
        "up": lambda: services.move(who, wall, uuid, -1),
        "down": lambda: services.move(who, wall, uuid, 1),
        "remove": lambda: services.remove(who, wall, uuid),
        "unphoto": lambda: services.remove_photo(who, wall, uuid),
    }
    return acts.get(verb, acts["add"])() or True


def _add(who: Who, wall: Wall, texts: Mapping[str, str]) -> list[Card]:
    """Put up everything that is typed, or nothing where one of the texts is refused."""
    long = {key: len(words) for key, words in texts.items() if len(words) > LONGEST}
    strange = [key for key, words in texts.items() if not is_storable(words)]
    if strange:
        raise Invalid({f"new-{key}": [_("This character is not allowed.")] for key in strange})
    if long:
        raise Invalid({f"new-{key}": [_too_long(count)] for key, count in long.items()})
    return [services.add(who, wall, key, words) for key, words in texts.items()]


def _too_long(count: int) -> str:
    message = _("A card holds %(most)s characters, this text has %(count)s. Please shorten it.")
    return message % {"most": LONGEST, "count": count}


def brought(who: Who, wall: Wall, places: Places, today: date) -> Any:
    """Keep a photo of the paper wall."""
    content = b""
    if upload := request.files.get("photo"):
        content = upload.stream.read(photos.MAX_BYTES + 1)
        upload.close()
    caption = request.form.get("caption", "").strip()[:CAPTION]

    def keep() -> Any:
        return services.keep_photo(who, wall, photos.taken(content), caption, today)

    outcome = attempt(keep)
    if outcome.saved:
        return redirect(f"{places.board}#photos")
    return page(who, wall, places, Typed(errors=outcome.errors)), outcome.status


def picture(wall: Wall, uuid: UUID) -> Response:
    """Hand out a photo; it is kept by nobody on the way."""
    found = queries.load_photo(wall, uuid)
    answer = send_file(BytesIO(found.content), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def card_page(
    who: Who, wall: Wall, places: Places, uuid: UUID, outcome: Outcome | None = None
) -> str:
    """Return the page on which one card is changed."""
    card, schema = queries.load_card(wall, uuid), _schema(who, wall)
    data = typed(schema) if outcome else schema.dump(card)
    choices = _choices(who, card)
    made = sheet(schema, {"": ""}, data, choices, outcome)
    return render_template(
        "conferences/wall/card.html",
        conference=wall.conference,
        wall=wall,
        at=places,
        uuid=uuid,
        sheet=beside(made, schema, card, choices, outcome),
    )


def changed(who: Who, wall: Wall, places: Places, uuid: UUID) -> Any:
    """Save what was changed of a card."""
    schema = _schema(who, wall)
    outcome = attempt(lambda: services.change(who, wall, uuid, version(), given(schema)))
    if outcome.saved:
        return redirect(f"{places.board}#card-{uuid}")
    return card_page(who, wall, places, uuid, outcome), outcome.status


def _schema(who: Who, wall: Wall) -> CardSchema:
    knows = may(who, Permission.NETWORK_READ, wall)
    return (LinkedCardSchema if knows else CardSchema)(audience="office")


def _choices(who: Who, card: Card) -> Callable[[str], Iterable[Option]]:
    def choices(_kind: str) -> list[Option]:
        rows = findings.listed(who, FindingFilter(), per_page=MOST_FINDINGS)[0]
        here = [row for row in rows if row.region == card.region]
        if card.finding and card.finding not in here:
            here.append(card.finding)
        return [(str(each.row.uuid), f"{each.title}: {each.sentence}"[:200]) for each in told(here)]

    return choices
