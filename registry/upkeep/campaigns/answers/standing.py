"""What of an entry can be changed in one line on the answer page, as it stands in the register."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from registry.actors.models import Actor, Contact, Place
from registry.offers.models import Offer, Run
from registry.texts.translated import SOURCE, Translated
from registry.upkeep.campaigns.answers.amendments import Changes, of_row, touches
from registry.upkeep.campaigns.models import Entry


@dataclass(frozen=True)
class EntryView:
    """What pages show of an entry that was asked about; `title` is None for the actor itself."""

    uuid: UUID
    subject: UUID
    actor: str
    title: Translated | None
    text: Translated
    answer: str | None
    answered_on: date | None
    via: str | None
    said_by: str | None
    note: str | None

    def __str__(self) -> str:
        return self.title.shown(SOURCE).body if self.title else self.actor


def view(entry: Entry) -> EntryView:
    offer, actor = entry.offer, entry.request.actor
    names = ("answer", "answered_on", "via", "said_by", "note")
    return EntryView(
        entry.uuid,
        entry.subject.uuid,
        actor.name,
        offer.title if offer else None,
        offer.summary if offer else actor.description,
        *(getattr(entry, name) for name in names),
    )


def details(entry: Entry, day: date) -> dict[str, Any]:
    """Return the details of an entry as `amendments` compares them."""
    if entry.offer:
        return _of_offer(entry.offer, day)
    return _of_actor(entry.request.actor, entry.request.contact)


def _of_actor(actor: Actor, asked: Contact | None) -> dict[str, Any]:
    return {
        "website": actor.website,
        "contacts": [
            {"id": str(c.uuid), "phone": c.phone, "email": c.email} for c in known(actor, asked)
        ],
        "places": [_of_place(place) for place in actor.places],
    }


def known(actor: Actor, asked: Contact | None) -> list[Contact]:
    """Return the contacts a link may show: the one that was asked, and what is not the office's."""
    return [c for c in actor.contacts if c is asked or c.publish_network or c.publish_public]


def _of_place(place: Place) -> dict[str, Any]:
    row = {"id": str(place.uuid), "phone": place.phone}
    return row if place.confidential else {**row, "hours": place.hours}


def _of_offer(offer: Offer, day: date) -> dict[str, Any]:
    return {
        "valid_to": offer.valid_to,
        "places": [
            {"id": str(link.place.uuid), "hours": link.own_hours}
            for link in offer.places
            if not link.place.confidential
        ],
        "runs": [
            {
                "id": str(run.uuid),
                **{name: getattr(run, name) for name in ("starts_on", "ends_on", "register_by")},
            }
            for run in coming(offer, day)
        ],
    }


def coming(offer: Offer, day: date) -> list[Run]:
    """Return the runs that are not over."""
    return [run for run in offer.runs if (run.ends_on or run.starts_on) >= day]


def titles(entry: Entry, day: date) -> dict[str, str]:
    """Return what the rows of an entry are called, by their part and id."""
    if entry.offer is None:
        actor, asked = entry.request.actor, entry.request.contact
        return {
            **{f"contacts.{c.uuid}": c.function for c in known(actor, asked)},
            **{f"places.{p.uuid}": "" if p.confidential else p.name for p in actor.places},
        }
    links = (link.place for link in entry.offer.places)
    runs = coming(entry.offer, day)
    return {
        **{f"places.{place.uuid}": place.name for place in links if not place.confidential},
        **{f"runs.{run.uuid}": f"{run.starts_on:%d.%m.%Y}" for run in runs},
    }


def update_of(entry: Entry, made: Changes) -> dict[str, Any]:
    """Return changes as the services of actors and offers take them; what is not named stays."""
    data = {path: _day(path, new) for path, (_old, new) in made.items() if "." not in path}
    rows = _offer_rows(entry.offer, made) if entry.offer else _actor_rows(entry.request.actor, made)
    return data | {part: each for part, each in rows.items() if touches(made, part)}


def _actor_rows(actor: Actor, made: Changes) -> dict[str, list[dict[str, Any]]]:
    return {
        "contacts": [
            {"uuid": c.uuid, "unit": c.unit and c.unit.name, **_new(made, "contacts", c.uuid)}
            for c in actor.contacts
        ],
        "places": [{"uuid": p.uuid, **_new(made, "places", p.uuid)} for p in actor.places],
    }


def _offer_rows(offer: Offer, made: Changes) -> dict[str, list[dict[str, Any]]]:
    links = [
        {
            "place": {"uuid": link.place.uuid},
            "own_hours": _new(made, "places", link.place.uuid).get("hours", link.own_hours),
        }
        for link in offer.places
    ]
    runs = [{"uuid": run.uuid, **_new(made, "runs", run.uuid)} for run in offer.runs]
    return {"places": links, "runs": runs}


def _new(made: Changes, part: str, key: UUID) -> dict[str, Any]:
    return {name: _day(name, new) for name, new in of_row(made, part, str(key)).items()}


_DAYS = {"starts_on", "ends_on", "register_by", "valid_to", "last_confirmed"}


def _day(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and name in _DAYS else value
