"""What an import needs of the register besides its entries: words, numbers of terms, places."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale

from registry.actors.models import Actor, Contact, Place
from registry.core.db import Identified
from registry.exchange import queries as registers
from registry.exchange.sheets import queries
from registry.exchange.sheets.cells import Reader, Writer
from registry.exchange.sheets.columns import Column, sheet
from registry.exchange.sheets.words import Meanings, Words
from registry.offers.models import Offer
from registry.texts.translated import SOURCE
from registry.vocabulary import queries as vocabulary

KINDS: dict[str, type[Identified]] = {
    "actor": Actor,
    "place": Place,
    "contact": Contact,
    "offer": Offer,
}


@dataclass(frozen=True)
class Gazetteer:
    """Where a postcode or a municipality lies, as far as that is certain."""

    municipalities: dict[str, str]
    middles: dict[str, queries.Point]


def columns(kind: str) -> tuple[Column, ...]:
    """Return the columns of a sheet with the languages of this register."""
    return sheet(kind, tuple(current_app.config["LANGUAGES"]))


def words(region: str) -> Words:
    """Return the words that files of a region are written with, which are German."""
    names = queries.region_names()
    own = {key: [name] for key, name in queries.municipality_names(region[:5]).items()}
    keys = Meanings({key: key for key in names}, Meanings.of({}, own).keys)
    terms = {}
    for scheme, found in vocabulary.schemes().items():
        labels = {key: term.label(SOURCE).body for key, term in found.items()}
        terms[scheme] = Meanings.of(
            labels, {key: vocabulary.words_of(term, SOURCE) for key, term in found.items()}
        )
    return Words(terms, keys, queries.postcodes())


def options(column: Column) -> dict[str, str]:
    """Return the German labels of a column's options by their keys."""
    with force_locale(SOURCE):
        return {str(key): str(label) for key, label in column.hints["options"]}


def reader(found: Words) -> Reader:
    return Reader(found, options)


def writer(found: Words) -> Writer:
    return Writer(found, options)


def gazetteer() -> Gazetteer:
    return Gazetteer(queries.only_municipalities(), queries.middles())


def new_ids() -> dict[str, Iterator[int]]:
    """Return where the keys of new rows come from, by part."""
    return {part: registers.new_ids(kind) for part, kind in KINDS.items()}


def term_ids() -> dict[tuple[str, str], int]:
    return {
        (scheme, key): term.id
        for scheme, found in vocabulary.schemes().items()
        for key, term in found.items()
    }
