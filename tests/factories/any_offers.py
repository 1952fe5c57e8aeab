"""Offers of every kind, by chance: what the schema lets in, and no more sense than that."""

from datetime import date, timedelta
from random import Random
from typing import Any

from registry.actors.models import Actor, Answer, Contact, Place, Status, Unit
from registry.core.db import db
from registry.offers.models import (
    TERM_LISTS,
    TERM_SINGLES,
    Availability,
    Closure,
    Offer,
    OfferArea,
    OfferLanguage,
    OfferPlace,
    Run,
    SpokenBy,
)
from registry.texts.translated import Translated
from registry.vocabulary.queries import load_terms, schemes

TODAY = date.today()
DAY = timedelta(days=1)


def text(chance: Random) -> str:
    letters = "aäß \"'\\/\n\t{}[]:,<>&%€\u2028ابц🎓\x7f"
    return "".join(chance.choices(letters, k=chance.randint(1, 12)))


def translated(chance: Random) -> Translated:
    tags = chance.sample(["de", "en", "ar", "fa-AF"], chance.randint(0, 4))
    return Translated.of({tag: text(chance) for tag in tags})


def some(chance: Random, value: Any) -> Any:
    return value if chance.random() < 0.6 else None


def some_actor(chance: Random) -> Actor:
    actor = Actor(region="09576", name=text(chance), status=Status.PUBLISHED)
    actor.description, actor.website = translated(chance), some(chance, "https://example.org")
    actor.units = [Unit(name=text(chance), description=translated(chance), position=0)]
    actor.contacts = [
        Contact(
            function=text(chance),
            unit=some(chance, actor.units[0]),
            email=some(chance, "a@example.org"),
            publish_public=chance.random() < 0.5,
            publish_network=chance.random() < 0.5,
            review_due=some(chance, TODAY),
        )
    ]
    actor.places = [some_place(chance) for _ in range(3)]
    return actor


def some_place(chance: Random) -> Place:
    lat, lon = chance.uniform(-90, 90), chance.uniform(-180, 180)
    return Place(
        name=text(chance),
        municipality=some(chance, "09576143"),
        hours=some(chance, "Mo 09:00-12:00"),
        step_free=chance.choice(list(Answer)),
        confidential=chance.random() < 0.3,
        **(some(chance, {"lat": lat, "lon": lon}) or {}),
    )


def some_offer(chance: Random, actor: Actor) -> Offer:
    known = {scheme: list(terms) for scheme, terms in schemes().items()}
    offer = Offer(actor=actor, status=Status.PUBLISHED, example=chance.random() < 0.5)
    for name in ("title", "summary", "description", "cost_note"):
        setattr(offer, name, translated(chance))
    for name, scheme in TERM_LISTS.items():
        keys = chance.sample(known[scheme], chance.randint(0, min(4, len(known[scheme]))))
        setattr(offer, name, list(load_terms(scheme, keys).values()))
    for name, scheme in TERM_SINGLES.items():
        setattr(offer, name, load_terms(scheme, known[scheme][:1])[known[scheme][0]])
    offer.unit, offer.contact = some(chance, actor.units[0]), some(chance, actor.contacts[0])
    offer.min_age, offer.valid_to = some(chance, 7), some(chance, TODAY)
    offer.languages = [
        OfferLanguage(language=term, by=chance.choice(list(SpokenBy)), note=translated(chance))
        for term in load_terms("language", chance.sample(known["language"], 3)).values()
    ]
    offer.places = [
        OfferPlace(place=place, own_hours=some(chance, "Fr 10:00-11:00"), note=translated(chance))
        for place in chance.sample(actor.places, chance.randint(0, 3))
    ]
    add_days(chance, offer)
    for rows in (offer.languages, offer.places):
        for position, row in enumerate(rows):
            row.position = len(rows) - position
    return offer


def add_days(chance: Random, offer: Offer) -> None:
    offer.areas = [OfferArea(ags=ags) for ags in ("09576", "09573")[: chance.randint(0, 2)]]
    starts = chance.sample(range(400), chance.randint(0, 3))
    offer.runs = [
        Run(
            starts_on=TODAY + start * DAY,
            times=some(chance, "Mo 09:00-12:00"),
            availability=chance.choice(list(Availability)),
        )
        for start in starts
    ]
    offer.closures = [
        Closure(
            closed_from=TODAY + start * DAY,
            closed_to=TODAY + start * DAY,
            reason=translated(chance),
        )
        for start in starts
    ]


def some_offers(chance: Random, number: int) -> list[int]:
    actors = [some_actor(chance) for _ in range(5)]
    offers = [some_offer(chance, chance.choice(actors)) for _ in range(number)]
    db.session.add_all(offers)
    db.session.commit()
    return [offer.id for offer in offers]
