"""New entries as rows of tables, many at a time: nothing of the session is in between.

What the services would add is added here: folded words, the municipality of a postcode, a point on
the map, one entry of the log for each.
"""

from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Table

from registry.access.policy import Who
from registry.actors import hours as opening
from registry.actors.models import Actor, ActorArea, Contact, Place, Status, actor_field
from registry.audit.models import AuditEntry
from registry.core import i18n
from registry.core.db import Findable
from registry.core.text import fold
from registry.exchange import bulk
from registry.exchange.sheets import stock
from registry.exchange.sheets.plans import Creation
from registry.exchange.sheets.stock import Gazetteer
from registry.offers.models import (
    TERM_LISTS,
    TERM_SINGLES,
    Offer,
    OfferArea,
    OfferLanguage,
    OfferPlace,
    OfferTerm,
)
from registry.texts.models import TranslatedText
from registry.texts.translated import SOURCE, Entry, Translated

Row = dict[str, Any]
# In the order in which they refer to each other.
TABLES: list[tuple[str, Any]] = [
    ("actor", Actor.__table__),
    ("actor_field", actor_field),
    ("actor_area", ActorArea.__table__),
    ("contact", Contact.__table__),
    ("place", Place.__table__),
    ("offer", Offer.__table__),
    ("offer_term", OfferTerm.__table__),
    ("language", OfferLanguage.__table__),
    ("offer_place", OfferPlace.__table__),
    ("offer_area", OfferArea.__table__),
    ("audit", AuditEntry.__table__),
]
_LINKED = {*TERM_LISTS, *TERM_SINGLES, "languages", "areas", "places", "contact"}
_TEXTS = {
    kind: frozenset(c.name for c in kind.__table__.columns if isinstance(c.type, TranslatedText))
    for kind in (Actor, Offer)
}
_NO_TEXT = Translated()


class Maker:
    """Collects rows of new entries and writes them. `terms` are ids by scheme and key."""

    def __init__(
        self, who: Who, region: str, terms: Mapping[tuple[str, str], int], places: Gazetteer
    ) -> None:
        self.who, self.region, self.terms, self.gazetteer = who, region, terms, places
        self._rows: dict[str, list[Row]] = {name: [] for name, _table in TABLES}
        self._positions: dict[tuple[str, int], int] = {}
        self._shapes = {name: _Shape(table) for name, table in TABLES}

    def write(self, creations: Iterable[Creation], at: datetime) -> None:
        # Not before: rows that the services have made meanwhile have taken the next keys.
        ids, made = stock.new_ids(), list(creations)
        for each in made:
            each.entry.id = next(ids[each.entry.part])
        for each in made:
            getattr(self, f"_{each.entry.part}")(each, at)
        for name, table in TABLES:
            bulk.write(table, self._shapes[name].rows(self._rows[name]))
            self._rows[name] = []
        self._positions.clear()

    def _actor(self, each: Creation, at: datetime) -> None:
        row = self._columns(Actor, each.loaded, at)
        for name in ("category", "legal_form"):
            row[f"{name}_id"] = self.terms.get((name, each.loaded.get(name) or ""))
        row |= {"id": each.entry.id, "uuid": each.entry.uuid, "region": self.region}
        row["status"] = Status.PUBLISHED if each.publish else Status.DRAFT
        _fold(Actor, row, {"short_name": None} | row)
        self._rows["actor"].append(row)
        for key in dict.fromkeys(each.loaded.get("fields") or ()):
            link = {"actor_id": row["id"], "term_id": self.terms["field", key]}
            self._rows["actor_field"].append(link)
        for ags in set(each.loaded.get("areas") or ()):
            self._rows["actor_area"].append({"actor_id": row["id"], "ags": ags})
        self._log(each, row, row["name"], at)

    def _contact(self, each: Creation, at: datetime) -> None:
        row = {**each.loaded, "id": each.entry.id, "uuid": each.entry.uuid}
        row |= {"actor_id": each.actor.id, "position": self._position("contact", each.actor.id)}
        row["entered_on"] = at.astimezone(i18n.ZONE).date()
        self._rows["contact"].append(row)

    def _place(self, each: Creation, at: datetime) -> None:
        row = {**each.loaded, "id": each.entry.id, "uuid": each.entry.uuid}
        row |= {"actor_id": each.actor.id, "position": self._position("place", each.actor.id)}
        row["hours"] = opening.tidy(row["hours"]) if row.get("hours") else None
        code = row.get("postcode")
        row["municipality"] = row.get("municipality") or self.gazetteer.municipalities.get(
            code or ""
        )
        if row.get("lat") is None:
            middles = self.gazetteer.middles
            point = middles.get(row["municipality"] or "") or middles.get(code or "")
            row["lat"], row["lon"] = point or (None, None)
        _fold(Place, row, {"confidential": False, "city": None, "postcode": None} | row)
        self._rows["place"].append(row)

    def _offer(self, each: Creation, at: datetime) -> None:
        loaded, key = each.loaded, each.entry.id
        plain = {name: value for name, value in loaded.items() if name not in _LINKED}
        row = self._columns(Offer, plain, at)
        for name, scheme in TERM_SINGLES.items():
            row[f"{name}_id"] = self.terms.get((scheme, loaded.get(name) or ""))
        contact = each.links.contact
        row |= {"id": key, "uuid": each.entry.uuid, "actor_id": each.actor.id}
        row |= {"contact_id": contact.id if contact else None}
        row["status"] = Status.PUBLISHED if each.publish else Status.DRAFT
        _fold(Offer, row, row)
        self._rows["offer"].append(row)
        self._links(each, key)
        self._log(each, row, loaded["title"]["de"], at)

    def _links(self, each: Creation, key: int) -> None:
        for name, scheme in TERM_LISTS.items():
            for position, term in enumerate(dict.fromkeys(each.loaded.get(name) or ())):
                link = {"offer_id": key, "term_id": self.terms[scheme, term], "position": position}
                self._rows["offer_term"].append(link)
        spoken = {(r["language"], r["by"]): r for r in each.loaded.get("languages") or ()}
        for position, (language, by) in enumerate(spoken):
            row = {"offer_id": key, "term_id": self.terms["language", language], "by": by}
            self._rows["language"].append(row | {"position": position})
        own = opening.tidy(each.links.hours) if each.links.hours else None
        for position, place in enumerate(each.links.places or ()):
            link = {"offer_id": key, "place_id": place.id, "position": position}
            self._rows["offer_place"].append(link | {"own_hours": own})
        for ags in set(each.loaded.get("areas") or ()):
            self._rows["offer_area"].append({"offer_id": key, "ags": ags})

    @staticmethod
    def _columns(kind: Any, loaded: Mapping[str, Any], at: datetime) -> Row:
        """Return what a row's own columns hold; texts begin their history."""
        texts, columns = _TEXTS[kind], kind.__table__.columns
        row: Row = {
            name: _text(value) if name in texts else value
            for name, value in loaded.items()
            if name in columns
        }
        for name in texts - row.keys():
            row[name] = _NO_TEXT
        return row | {"created_at": at, "updated_at": at}

    def _position(self, part: str, actor: int) -> int:
        """Number the parts of an actor that is new itself."""
        position = self._positions.get((part, actor), 0)
        self._positions[part, actor] = position + 1
        return position

    def _log(self, each: Creation, row: Row, label: str, at: datetime) -> None:
        told = {name: [None, value] for name, value in each.entry.now.items()}
        told["status"] = [None, str(row["status"])]
        self._rows["audit"].append(
            {
                "at": at,
                "who_id": self.who.user_id,
                "who_label": self.who.label or self.who.kind,
                "region": self.region,
                "action": f"{each.entry.part}.created",
                "subject_type": each.entry.part,
                "subject_id": each.entry.uuid,
                "subject_label": label[:300],
                "changes": told,
            }
        )


def _text(bodies: Mapping[str, str]) -> Translated:
    """Return the first version of a text; most are in German alone."""
    body = bodies.get(SOURCE)
    if body and len(bodies) == 1:
        return Translated(((SOURCE, Entry(body)),))
    return Translated.of(bodies)


def _fold(kind: type[Findable], row: Row, known: Row) -> None:
    """Write down the words that a row is found by, as its class names them."""
    texts = kind.searchable(cast(Findable, SimpleNamespace(**known)))
    row["folded"] = fold(" ".join(texts))
    row["folded_title"] = fold(texts[0]) if texts else ""


class _Shape:
    """The columns of a table that rows are written with, and what stands where a row says none."""

    def __init__(self, table: Table) -> None:
        numbered = "id" in table.c and table.name in (
            "offer_language",
            "offer_place",
            "audit_entry",
        )
        left_out = {"id"} if numbered else set()
        self._plain: Row = {
            column.name: getattr(column.default, "arg", None) if _is_plain(column) else None
            for column in table.columns
            if column.name not in left_out
        }
        for column in table.columns:
            if isinstance(column.type, TranslatedText):
                self._plain[column.name] = _NO_TEXT
        made: Any = namedtuple("Row", list(self._plain))  # type: ignore[misc]
        self._make = made._make

    def rows(self, found: Sequence[Row]) -> list[Any]:
        plain = self._plain
        return [self._make({**plain, **row}.values()) for row in found]


def _is_plain(column: Any) -> bool:
    return column.default is not None and column.default.is_scalar
