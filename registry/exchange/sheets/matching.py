"""Which entry a row is about: by our id, by a foreign key, else by name and postcode. Pure.

What could mean two entries is refused, never guessed.
"""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.core.text import fold
from registry.exchange.sheets.entries import Entry, Key
from registry.exchange.sheets.known import Known, name_key
from registry.exchange.sheets.told import Told
from registry.texts.translated import SOURCE

NO_SUCH = _l("There is no entry with this id.")
NOT_ITS_OWN = _l("This entry belongs to another actor.")
NO_ACTOR = _l("This actor is not in the register. Please import it first.")
NO_NAME = _l("The name of the actor is missing.")
NO_TITLE = _l("The title is missing.")
SEVERAL_ACTORS = _l("Several actors have this name. Please give the postcode or the id.")
SEVERAL_PLACES = _l("Several places of this actor have this name. Please give the id.")
SEVERAL_CONTACTS = _l("Several contacts of this actor have this name. Please give the id.")
SEVERAL_OFFERS = _l("Several offers of this actor have this title. Please give the id.")

FOREIGN = "key of "


class Refusal(Exception):
    """A row cannot be taken: where in it the reason lies, and the reason."""

    def __init__(self, key: str, reason: object) -> None:
        super().__init__(key)
        self.key, self.reason = key, reason


def actor_of(row: Told, known: Known, postcode: str) -> tuple[Entry | None, Key]:
    """Return the actor of a row, None if it is new, and what it will be found by."""
    told = row.part("actor")
    name = name_key(told.get("name", ""))
    key = Key("actor", "", name, postcode)
    by_id = _by_id(row, known, "actor", known.actors)
    owner = _owner_of_offer(row, known)
    if owner and (by_id is not owner if by_id else name not in ("", name_key(owner.name))):
        raise Refusal("actor.id" if by_id else "actor.name", NOT_ITS_OWN)
    if found := by_id or owner:
        return found, key
    if not name:
        raise Refusal("actor.name", NO_NAME)
    return _named(known, key), key


def _named(known: Known, key: Key) -> Entry | None:
    """Return the only actor of a name at a postcode; a postcode that nobody gave fits any."""
    made = known.made("actor", None, key.name)
    there = [
        *known.named.get(key.name, ()),
        *((frozenset([its.extra] if its.extra else []), each) for its, each in made),
    ]
    if not key.extra:
        return _only((entry for _codes, entry in there), "actor.name", SEVERAL_ACTORS)
    at_postcode = [entry for codes, entry in there if key.extra in codes]
    nowhere = [entry for codes, entry in there if not codes]
    return _only(at_postcode or nowhere, "actor.name", SEVERAL_ACTORS)


def _owner_of_offer(row: Told, known: Known) -> Entry | None:
    offer = _by_id(row, known, "offer", known.offers)
    return known.owners.get(offer.uuid) if offer else None


def place_of(row: Told, known: Known, actor: Entry) -> tuple[Entry | None, Key]:
    """Return the place of a row among those of its actor, None if it is new."""
    told = row.part("place")
    name, postcode = fold(told.get("name", "")), told.get("postcode") or ""
    key = Key("place", actor.uuid.hex, name, postcode)
    if found := _own_by_id(row, known, "place", actor):
        return found, key
    standing = [
        each
        for each in actor.parts.get("place", ())
        if fold(each.name) == name and (each.now.get("postcode") or "") in ("", postcode)
    ]
    made = [each for k, each in known.made("place", actor, name) if k.extra == postcode]
    return _only([*standing, *made], "place.name", SEVERAL_PLACES), key


def contact_of(row: Told, known: Known, actor: Entry) -> tuple[Entry | None, Key]:
    """Return the contact of a row among those of its actor, by its function, None if it is new."""
    told = row.part("contact")
    name = fold(told.get("function", ""))
    key = Key("contact", actor.uuid.hex, name, "")
    if found := _own_by_id(row, known, "contact", actor):
        return found, key
    standing = [each for each in actor.parts.get("contact", ()) if fold(each.name) == name]
    made = [each for _key, each in known.made("contact", actor, name)]
    there = [*standing, *made]
    same = [each for each in there if _reached(each, told)] if len(there) > 1 else there
    return _only(same or there, "contact.function", SEVERAL_CONTACTS), key


def _reached(entry: Entry, told: dict[str, object]) -> bool:
    given = [name for name in ("phone", "email") if told.get(name)]
    return bool(given) and all(entry.now.get(name) == told[name] for name in given)


def offer_of(
    row: Told, known: Known, actor: Entry, place: Entry | None
) -> tuple[Entry | None, Key]:
    """Return the offer of a row, None if it is new: that of its actor, with its title, there."""
    title = fold(row.part("offer").get("title", {}).get(SOURCE, ""))
    key = Key("offer", actor.uuid.hex, title, str(place.uuid) if place else "")
    if found := _by_id(row, known, "offer", known.offers):
        return found, key
    if not title:
        raise Refusal("offer.title", NO_TITLE)
    for made_key, made in known.made("offer", actor, title):
        if made_key.extra == key.extra:
            reason = _("This row says the same as line %(line)s.", line=made.line)
            raise Refusal("offer.title", reason)
    there = known.titled.get((actor.id, title), [])
    fitting = [each for each in there if _takes_place(each, place)]
    return _only(fitting, "offer.title", SEVERAL_OFFERS), key


def _takes_place(offer: Entry, place: Entry | None) -> bool:
    places = {row["place"] for row in offer.now["places"]}
    return place is None or not places or str(place.uuid) in places


def _by_id(row: Told, known: Known, part: str, entries: dict[UUID, Entry]) -> Entry | None:
    told = row.part(part)
    if told.get("id"):
        found = entries.get(UUID(told["id"]))
        if found is None:
            raise Refusal(f"{part}.id", NO_SUCH)
        return found
    foreign = told.get("key")
    if not foreign:
        return None
    for _key, made in known.made(foreign_key(part, foreign).part, None, foreign):
        return made
    uuid = known.external.get((part, foreign))
    return entries.get(uuid) if uuid else None


def foreign_key(part: str, foreign: str) -> Key:
    """Return how an entry that this file brings is found by its key in another register."""
    return Key(f"{FOREIGN}{part}", "", foreign, "")


def _own_by_id(row: Told, known: Known, part: str, actor: Entry) -> Entry | None:
    """Return a part of an actor by its id: that of another actor is like one there is not."""
    return _by_id(row, known, part, {each.uuid: each for each in actor.parts.get(part, ())})


def _only(found: Iterable[Entry], key: str, reason: object) -> Entry | None:
    one, *others = [*found, None]
    if len(others) > 1:
        raise Refusal(key, reason)
    return one
