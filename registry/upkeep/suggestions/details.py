"""Where a detail stands in an entry, and which details the public may correct. Pure.

A path reads "title.de" (a text), "valid_to", "places.<id>.hours" (a row), and with "actor." before
it stands in the actor of an offer. Entries are the plain data that their schema dumps.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ROWS = {"places", "contacts", "runs"}
TEXTS = {"title", "summary", "description"}
OF_A_PLACE = ("street", "postcode", "city", "phone")
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Spot:
    """A path taken apart; `row` is the id of a row, `leaf` the name of the field itself."""

    of_actor: bool
    name: str
    row: str = ""
    leaf: str = ""
    tag: str = ""

    @classmethod
    def of(cls, path: str) -> "Spot":
        parts = path.split(".")
        of_actor = parts[0] == "actor"
        name, *rest = parts[1:] if of_actor else parts
        if name in ROWS:
            return cls(of_actor, name, row=rest[0], leaf=rest[1])
        return cls(of_actor, name, leaf=name, tag=rest[0] if rest else "")


@dataclass(frozen=True)
class Detail:
    """A value that can be corrected; `group` names the place, contact or run it belongs to."""

    path: str
    value: Any
    group: str = ""

    @property
    def leaf(self) -> str:
        return Spot.of(self.path).leaf


def of_offer(offer: Entry, tag: str, today: str) -> list[Detail]:
    """Return the details of an offer as the public reads it (`tag`: language; `today`: ISO)."""
    found = [_text(offer, name, tag) for name in ("title", "summary", "description")]
    found.append(Detail("languages", spoken(offer)))
    for link in offer["places"]:
        found += _of_link(link)
    if contact := offer["contact_details"]:
        found += _of_contact(contact, "actor.")
    for run in offer["runs"]:
        if (run["ends_on"] or run["starts_on"]) >= today:
            found += _of_run(run)
    found += [Detail(name, offer[name] or "") for name in ("booking_url", "valid_from", "valid_to")]
    return [*found, Detail("actor.website", offer["actor"]["website"] or "")]


def of_actor(actor: Entry, tag: str) -> list[Detail]:
    """Return the details of an actor as the public reads it."""
    found = [Detail("name", actor["name"]), _text(actor, "description", tag)]
    found.append(Detail("website", actor["website"] or ""))
    for contact in actor["contacts"]:
        found += _of_contact(contact, "")
    for place in actor["places"]:
        found += _of_place(place, "")
        if not place["confidential"]:
            found.append(Detail(f"places.{place['id']}.hours", place["hours"] or "", place["name"]))
    return found


def _text(entry: Entry, name: str, tag: str) -> Detail:
    bodies = entry[name]
    shown = next((each for each in (tag, "de", *bodies) if bodies.get(each)), tag)
    return Detail(f"{name}.{shown}", bodies.get(shown, ""))


def _of_link(link: Entry) -> Iterator[Detail]:
    place = link["details"]
    if not place["confidential"]:
        # A correction of hours read on an offer is about this offer, not about the whole house.
        hours = link["hours"] or place["hours"] or ""
        yield Detail(f"places.{place['id']}.hours", hours, place["name"])
    yield from _of_place(place, "actor.")


def _of_place(place: Entry, before: str) -> Iterator[Detail]:
    names = ("phone",) if place["confidential"] else OF_A_PLACE
    for name in names:
        path = f"{before}places.{place['id']}.{name}"
        yield Detail(path, place[name] or "", place["name"] or "")


def _of_contact(contact: Entry, before: str) -> Iterator[Detail]:
    for name in ("phone", "email"):
        path = f"{before}contacts.{contact['id']}.{name}"
        yield Detail(path, contact[name] or "", contact["function"])


def _of_run(run: Entry) -> Iterator[Detail]:
    for name in ("starts_on", "ends_on", "register_by", "times"):
        yield Detail(f"runs.{run['id']}.{name}", run[name] or "", run["starts_on"])


def spoken(offer: Entry) -> list[str]:
    """Return the keys of the languages spoken, each once."""
    return list(dict.fromkeys(row["language"] for row in offer["languages"]))


def read(entry: Entry, spot: Spot) -> Any:
    """Return what stands there now, None where the row is gone."""
    if spot.row:
        row = row_of(entry, spot)
        if row is None:
            return None
        of_place = (row.get("details") or {}).get(spot.leaf)
        return row.get(spot.leaf) or of_place or ""
    if spot.name == "languages":
        return spoken(entry)
    return (entry[spot.name].get(spot.tag) if spot.tag else entry[spot.name]) or ""


def write(entry: Entry, spot: Spot, value: Any) -> None:
    """Put a value there, into plain data that a schema will load; the row must exist."""
    if spot.row:
        entry[spot.name][place_of(entry, spot)][spot.leaf] = value or None
    elif spot.tag:
        entry[spot.name][spot.tag] = value
    elif spot.name == "languages":
        _speak(entry, value)
    else:
        entry[spot.name] = value or None  # type: ignore[index]  # the caller's own copy


def _speak(entry: Entry, keys: list[str]) -> None:
    rows = entry["languages"]
    kept = [row for row in rows if row["language"] in keys]
    held = {row["language"] for row in kept}
    new: dict[str, Any] = {"by": "staff", "note": {}}
    rows[:] = kept + [{"language": key, **new} for key in keys if key not in held]


def row_of(entry: Entry, spot: Spot) -> dict[str, Any] | None:
    number = place_of(entry, spot)
    return None if number is None else entry[spot.name][number]


def place_of(entry: Entry, spot: Spot) -> int | None:
    """Return the number of the row in its list: that is where a schema puts its messages."""
    for number, row in enumerate(entry[spot.name]):
        if str(row.get("place") or row.get("id")) == spot.row:
            return number
    return None
