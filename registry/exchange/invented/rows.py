"""Rows of invented actors and offers: what differs from row to row, in the order of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from registry.texts.translated import Translated


class ActorRow(NamedTuple):
    id: int
    uuid: UUID
    region: str
    name: str
    category_id: int
    last_confirmed: date
    folded: str
    folded_title: str


class ContactRow(NamedTuple):
    id: int
    uuid: UUID
    actor_id: int
    phone: str


class PlaceRow(NamedTuple):
    id: int
    uuid: UUID
    actor_id: int
    name: str
    street: str
    postcode: str
    city: str
    municipality: str
    lat: float
    lon: float
    hours: str | None
    step_free: str
    folded: str
    folded_title: str


class OfferRow(NamedTuple):
    id: int
    uuid: UUID
    actor_id: int
    contact_id: int
    title: Translated
    summary: Translated
    description: Translated
    service_type_id: int
    level_from_id: int | None
    level_to_id: int | None
    cost_id: int
    childcare: str
    by_appointment: bool
    last_confirmed: date
    folded: str
    folded_title: str


class ActorFieldRow(NamedTuple):
    actor_id: int
    term_id: int


class ActorAreaRow(NamedTuple):
    actor_id: int
    ags: str


class OfferTermRow(NamedTuple):
    offer_id: int
    term_id: int
    position: int


class OfferLanguageRow(NamedTuple):
    offer_id: int
    term_id: int
    by: str
    position: int


class OfferPlaceRow(NamedTuple):
    offer_id: int
    place_id: int


class OfferAreaRow(NamedTuple):
    offer_id: int
    ags: str


class RunRow(NamedTuple):
    uuid: UUID
    offer_id: int
    starts_on: date
    ends_on: date
    register_by: date
    availability: str
    availability_as_of: date


@dataclass(frozen=True)
class Ids:
    """Where the keys of new rows come from."""

    actors: Iterator[int]
    contacts: Iterator[int]
    places: Iterator[int]
    offers: Iterator[int]


@dataclass
class Batch:
    """Some actors with everything of theirs."""

    actors: list[ActorRow] = field(default_factory=list)
    actor_fields: list[ActorFieldRow] = field(default_factory=list)
    actor_areas: list[ActorAreaRow] = field(default_factory=list)
    contacts: list[ContactRow] = field(default_factory=list)
    places: list[PlaceRow] = field(default_factory=list)
    offers: list[OfferRow] = field(default_factory=list)
    offer_terms: list[OfferTermRow] = field(default_factory=list)
    languages: list[OfferLanguageRow] = field(default_factory=list)
    offer_places: list[OfferPlaceRow] = field(default_factory=list)
    offer_areas: list[OfferAreaRow] = field(default_factory=list)
    runs: list[RunRow] = field(default_factory=list)
