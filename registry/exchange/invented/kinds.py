"""Kinds of offers, with their terms and the vocabulary's own words looked up. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.exchange.invented.phrases import (
    NOTE,
    Lot,
    Phrase,
    Said,
    Sentence,
    Subject,
    patterns,
    plain,
)
from registry.texts.translated import SOURCE

Terms = Mapping[tuple[str, str], Any]  # rows of the vocabulary by scheme and key
SAME = {"field": "fields", "target_group": "target_groups", "topic": "topics"}
NAME = patterns({SOURCE: "%s %s (Beispiel)"})[SOURCE]


@dataclass(frozen=True)
class Kind:
    """A kind of offer; `links` are term and position of what all offers of the kind have."""

    provider: Phrase
    subject: Subject
    category: int
    fields: list[int]
    service_type: int
    cost: int
    levels: list[int] | list[None]
    links: list[tuple[int, int]]

    def actor_name(self, town: Phrase) -> Phrase:
        return NAME.filled((self.provider, town))


def kinds(entries: Iterable[Mapping[str, Any]], terms: Terms) -> Lot[Kind]:
    """Return the kinds that `synthetic.yaml` describes."""
    found = [entry for entry in entries if "service_type" in entry]
    return Lot([_kind(entry, terms) for entry in found], [entry["weight"] for entry in found])


def _kind(entry: Mapping[str, Any], terms: Terms) -> Kind:
    links = [
        (terms[scheme, key].id, position)
        for scheme, name in SAME.items()
        for position, key in enumerate(entry[name])
    ]
    levels = [terms["level", key].id for key in entry.get("levels", ())]
    return Kind(
        provider=plain({SOURCE: entry["provider"]})[SOURCE],
        subject=_subject(entry, terms),
        category=terms["category", entry["category"]].id,
        fields=[terms["field", key].id for key in entry["fields"]],
        service_type=terms["service_type", entry["service_type"]].id,
        cost=terms["cost", entry["cost"]].id,
        levels=levels or [None, None],
        links=links,
    )


def _subject(entry: Mapping[str, Any], terms: Terms) -> Subject:
    service = terms["service_type", entry["service_type"]]
    topics = [terms["topic", key] for key in entry["topics"]]
    fields = [terms["field", key] for key in entry["fields"]]
    return Subject(
        label=_written(service.labels.bodies),
        opening=Sentence((), _written(service.hints.bodies)),
        topics=_topics([service, *topics, *fields]),
    )


def _topics(terms: Sequence[Any]) -> Lot[Said]:
    """Return labels, then synonyms; where a language has fewer of them, they come again."""
    found = {tag: _named(terms, tag) for tag in NOTE}
    given = {tag: words for tag, words in found.items() if words}
    return Lot.ranked(
        plain({tag: words[place % len(words)] for tag, words in given.items()})
        for place in range(len(given[SOURCE]))
    )


def _named(terms: Sequence[Any], tag: str) -> list[str]:
    labels = [term.labels.bodies[tag] for term in terms if tag in term.labels.bodies]
    synonyms = [word for term in terms for word in term.synonyms.get(tag, ())]
    return list(dict.fromkeys(labels + synonyms))


def slots(terms: Terms) -> dict[str, Lot[Said]]:
    """Return what the vocabulary puts into the slots of any sentence."""
    return {
        wanted: Lot.ranked(
            _written(term.labels.bodies)
            for (scheme, _key), term in terms.items()
            if scheme == wanted
        )
        for wanted in ("document", "step")
    }


def _written(bodies: Mapping[str, str]) -> Said:
    return plain({tag: body for tag, body in bodies.items() if tag in NOTE})
