"""Texts of invented offers, put together from phrases whose folded words are known. Pure.

Folding a whole text would cost more than all the rest of an offer. So every phrase is folded once;
where phrases meet at blanks or marks, the words of the whole are the words of its parts.
"""

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any, Generic, NamedTuple, TypeVar

from registry.core.text import fold
from registry.texts.translated import SOURCE, Entry, Translated

T = TypeVar("T")
TRIES = 5
SECOND = {"": 25, "en": 50, "uk": 13, "ar": 12}  # the language beside German
NOTE = {
    SOURCE: "Dieses Angebot ist erfunden.",
    "en": "This offer is invented.",
    "uk": "Це вигадана пропозиція.",
    "ar": "هذا عرض غير حقيقي.",
}


class Phrase(NamedTuple):
    """A text with the words it is found by. In a pattern both have `%s` for phrases to come."""

    text: str
    folded: str

    def filled(self, others: Sequence["Phrase"]) -> "Phrase":
        texts, words = tuple([each[0] for each in others]), tuple([each[1] for each in others])
        return Phrase(self.text % texts, self.folded % words)


Said = Mapping[str, Phrase]  # by language; German is always there


def plain(bodies: Mapping[str, str]) -> Said:
    return {tag: Phrase(body, fold(body)) for tag, body in bodies.items()}


def patterns(bodies: Mapping[str, str]) -> Said:
    return {tag: Phrase(body, _folded_pattern(body)) for tag, body in bodies.items()}


def _folded_pattern(body: str) -> str:
    return " ".join(" %s ".join(fold(piece) for piece in body.split("%s")).split())


def in_language(words: Said, tag: str) -> Phrase:
    return words.get(tag) or words[SOURCE]


class Lot(Generic[T]):
    """Values to draw from, by weight."""

    def __init__(self, values: Iterable[T], weights: Iterable[float]) -> None:
        self.values, self.until = list(values), list(accumulate(weights))
        # The last one is left out: rounding may give the total itself.
        self.total = self.until.pop()

    @classmethod
    def ranked(cls, values: Iterable[T]) -> "Lot[T]":
        """The second comes half as often as the first, the third a third as often (Zipf)."""
        found = list(values)
        return cls(found, [1 / rank for rank in range(1, len(found) + 1)])

    def draw(self, chance: Random) -> T:
        return self.values[bisect(self.until, chance.random() * self.total)]

    def another(self, chance: Random, drawn: Sequence[T]) -> T:
        """Draw a value that was not drawn yet, as far as there is one."""
        value = self.draw(chance)
        for _try in range(TRIES):
            if value not in drawn:
                break
            value = self.draw(chance)
        return value


@dataclass(frozen=True)
class Sentence:
    """`slots` name what goes into each `%s`, in every language in the same order."""

    slots: tuple[str, ...]
    forms: Said

    def told(self, language: str, words: Sequence[Said]) -> Phrase:
        form = self.forms[language]
        return form.filled([in_language(word, language) for word in words]) if words else form


Told = list[tuple[Sentence, list[Said]]]  # sentences with the words for their slots


@dataclass(frozen=True)
class Subject:
    """What an offer is about: its kind of service, a sentence on it, and words for the topics."""

    label: Said
    opening: Sentence
    topics: Lot[Said]


class Texts(NamedTuple):
    """What an offer says, and the words it is found by."""

    title: Translated
    summary: Translated
    description: Translated
    folded: str
    folded_title: str


class Composer:
    """Writes texts with the sentences and words of `synthetic.yaml`."""

    def __init__(
        self, chance: Random, entries: Iterable[Mapping[str, Any]], slots: Mapping[str, Lot[Said]]
    ) -> None:
        entries = list(entries)
        found = {each["words"]: _words(each) for each in entries if "words" in each}
        self.chance, self.slots = chance, {**slots, **found}
        self.sentences = Lot.ranked(_sentence(each) for each in entries if "slots" in each)
        self.second = Lot(SECOND, SECOND.values())
        self.notes = plain(NOTE)

    def texts(self, subject: Subject, town: Phrase, near: Lot[Said]) -> Texts:
        """Write about a service in a town."""
        second = self.second.draw(self.chance)
        tags = (SOURCE, second) if second else (SOURCE,)
        told = self._sentences(subject, near)
        written = [self._written(tag, subject.label, town, told) for tag in tags]
        titles, summaries, descriptions = zip(*written, strict=True)
        return Texts(
            title=_translated(tags, titles),
            summary=_translated(tags, summaries),
            description=_translated(tags, descriptions),
            folded=_folded([*titles, *summaries, *descriptions]),
            folded_title=_folded(titles),
        )

    def _written(self, tag: str, label: Said, town: Phrase, told: Told) -> list[Phrase]:
        """Return title, summary and description in a language."""
        kind, note = in_language(label, tag), self.notes[tag]
        title = Phrase(f"{kind.text} {town.text}", f"{kind.folded} {town.folded}")
        summary = Phrase(f"{kind.text}, {town.text}. {note.text}", f"{title.folded} {note.folded}")
        sentences = [each.told(tag, words) for each, words in told if tag in each.forms]
        description = Phrase(" ".join([each.text for each in sentences]), _folded(sentences))
        return [title, summary, description]

    def _sentences(self, subject: Subject, near: Lot[Said]) -> Told:
        """Draw one to three sentences with the words for their slots."""
        drawn: list[Sentence] = [subject.opening] if self.chance.random() < 0.6 else []
        for _ in range(self.chance.choice((1, 2))):
            drawn.append(self.sentences.another(self.chance, drawn))
        slots = {**self.slots, "topic": subject.topics, "near": near}
        return [(sentence, self._drawn(slots, sentence)) for sentence in drawn]

    def _drawn(self, slots: Mapping[str, Lot[Said]], sentence: Sentence) -> list[Said]:
        words: list[Said] = []
        for slot in sentence.slots:
            words.append(slots[slot].another(self.chance, words))
        return words


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    bodies = {tag: body for tag, body in entry.items() if tag != "slots"}
    return Sentence(tuple(entry["slots"]), patterns(bodies))


def _words(entry: Mapping[str, Any]) -> Lot[Said]:
    """Return the words of an entry; those it makes of two parts are as rare as both together."""
    first, then = _bodies(entry["list"]), _bodies(entry.get("then", [""]))
    pairs = [(one, other) for one in first for other in then]
    ranks = [i * j for i in range(1, len(first) + 1) for j in range(1, len(then) + 1)]
    return Lot((plain(_compound(*pair)) for pair in pairs), [1 / rank for rank in ranks])


def _bodies(parts: Iterable[str | dict[str, str]]) -> list[dict[str, str]]:
    return [part if isinstance(part, dict) else {SOURCE: part} for part in parts]


def _compound(first: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Join two words: German writes them as one."""
    joined = {tag: f"{body} {then[tag]}" for tag, body in first.items() if tag in then}
    return {**first, **joined, SOURCE: first[SOURCE] + then[SOURCE]}


def _folded(phrases: Sequence[Phrase]) -> str:
    return " ".join([each.folded for each in phrases if each.folded])


def _translated(tags: Sequence[str], phrases: Sequence[Phrase]) -> Translated:
    """Return the bodies by language; where nothing was said there is no body."""
    pairs = zip(tags, phrases, strict=True)
    return Translated(tuple([(tag, Entry(phrase.text)) for tag, phrase in pairs if phrase.text]))
