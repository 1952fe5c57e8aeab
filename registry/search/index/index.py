"""The index: what a search finds, how many, and how many each choice would give. Pure.

It holds a large segment, built once, and a small one of the offers that changed since; an offer in
the small one is struck out of the large one. Every answer is about both.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from registry.core.text import words
from registry.search.criteria import FLAGS, Criteria, Moment
from registry.search.index import bits
from registry.search.index.bits import Numbers, Words
from registry.search.index.clock import Clock
from registry.search.index.lexicon import Lexicon
from registry.search.index.rows import Terms
from registry.search.index.segment import Segment

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Word:
    """A word of the question: which words of each segment and which terms it stands for.

    `instead` are the words looked for because nothing holds the one that was typed.
    """

    typed: str
    numbers: tuple[Sequence[int], ...]
    terms: tuple[int, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """`day` is the day whose published offers it holds; `struck` are changed or gone offers."""

    segments: tuple[Segment, ...]
    struck: tuple[Words, ...]
    terms: Terms
    day: date
    clock: Clock = field(default_factory=Clock)

    @property
    def size(self) -> int:
        return sum(bits.count(self.alive(number)) for number in range(len(self.segments)))

    def alive(self, number: int) -> Words:
        return self.segments[number].offers & ~self.struck[number]

    @cached_property
    def _term_words(self) -> Lexicon:
        named = self.terms.named
        return Lexicon.build(
            ((n, "", folded) for n, folded in enumerate(named.values())), len(named)
        )

    def counts_of_terms(self) -> dict[int, int]:
        """Return how many offers have each of the terms that people search by."""
        return {
            term: sum(
                bits.count(segment.terms[term] & self.alive(number))
                for number, segment in enumerate(self.segments)
                if term in segment.terms
            )
            for term in self.terms.named
        }

    def understood(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text; one that no offer holds stands for those nearest to it."""
        return tuple(self._word(word) for word in words(text))

    def _word(self, typed: str) -> Word:
        found = self._meaning(typed, (typed,))
        if found.terms or self._finds(found):
            return found
        return self._nearest(found)

    def _meaning(self, typed: str, meant: tuple[str, ...]) -> Word:
        numbers = tuple(
            [number for word in meant for number in each.lexicon.containing(word)]
            for each in self.segments
        )
        terms = {term for word in meant for term in self.terms.matching(word)}
        return Word(typed, numbers, tuple(sorted(terms)))

    def _finds(self, word: Word) -> bool:
        """Return whether any offer holds the word; those struck out do not count."""
        return any(
            (segment.words(word.numbers[n], word.terms) & self.alive(n)).any()
            for n, segment in enumerate(self.segments)
        )

    def _nearest(self, word: Word) -> Word:
        """Return what is meant by a word with a typing error, as far as there is anything near.

        A spelling that only struck offers hold is as unknown as any other.
        """
        lexicons = [*(each.lexicon for each in self.segments), self._term_words]
        near = {pair for lexicon in lexicons for pair in lexicon.corrections(word.typed)}
        for _cost, pairs in groupby(sorted(near), key=itemgetter(0)):
            spellings = (spelling for _cost, spelling in pairs)
            meant = tuple(s for s in spellings if self._finds(self._meaning(s, (s,))))
            if meant:
                return replace(self._meaning(word.typed, meant), instead=meant)
        return word

    def ask(self, wanted: Criteria, moment: Moment) -> "Question":
        """Return the question with the sets of all its filters."""
        understood = self.understood(wanted.q)
        filters = tuple(
            self._filters(number, wanted, moment, understood)
            for number in range(len(self.segments))
        )
        return Question(self, wanted, moment, understood, filters)

    def _filters(
        self, number: int, wanted: Criteria, moment: Moment, understood: tuple[Word, ...]
    ) -> dict[str, Words]:
        segment = self.segments[number]
        made = {name: self.chosen(segment, name, keys) for name, keys in wanted.chosen.items()}
        for name, on in wanted.flags.items():
            having = self.flag(segment, name, moment)
            made[name] = having if on else ~having
        if not wanted.unconfirmed:
            made["unconfirmed"] = ~segment.on(moment.day)[2]
        if understood:
            made["q"] = ~bits.empty(segment.size)
            for word in understood:
                made["q"] &= segment.words(word.numbers[number], word.terms)
        if wanted.spot:
            made["near"] = segment.near(wanted.spot)
        return made

    @staticmethod
    def chosen(segment: Segment, name: str, keys: Iterable[str]) -> Words:
        if name == "region":
            return segment.any_of(segment.region(ags) for ags in keys)
        return segment.any_of(segment.values[name].get(key) for key in keys)

    def flag(self, segment: Segment, name: str, moment: Moment) -> Words:
        """Return the offers for which a flag holds at a moment."""
        if name == "open_now":
            return segment.open(self.clock, moment.at, moment.ags)
        if name == "starts_soon":
            return segment.on(moment.day)[0]
        return segment.flags[name]

    def turns(self, at: datetime, ags: str) -> datetime:
        """Return the next moment at which an answer may change although nobody writes."""
        return min(self.clock.turns(each.rows.hours, at, ags) for each in self.segments)

    def renewed(self, offers: Numbers, fresh: Segment, day: date) -> "Index":
        """Return an index in which these offers are as in the fresh segment, or gone."""
        base = self.segments[0]
        struck = (base.set_of(offers), bits.empty(fresh.size))
        return replace(self, segments=(base, fresh), struck=struck, day=day)


@dataclass(frozen=True)
class Question:
    """A search against one state of the index."""

    index: Index
    wanted: Criteria
    moment: Moment
    understood: tuple[Word, ...]
    filters: tuple[dict[str, Words], ...]

    def hits(self, number: int, *, but: str = "") -> Words:
        """Return the hits in a segment, one filter left out if asked."""
        found = self.index.alive(number)
        for name, allowed in self.filters[number].items():
            if name != but:
                found &= allowed
        return found

    def total(self, *, but: str = "") -> int:
        return sum(bits.count(self.hits(n, but=but)) for n in range(len(self.filters)))

    def counts(self, municipalities: Collection[str]) -> Counts:
        """Return {filter: {value: hits}}; a facet ignores its own selection.

        Flags have the one value "true"; values without hits are left out, but for flags.
        """
        found: Counts = {}
        for number, segment in enumerate(self.index.segments):
            choices = {"region": segment.regions(tuple(municipalities)), **segment.values}
            for name, values in choices.items():
                _add(found, name, values.counts(self.hits(number, but=name)))
            for name in FLAGS:
                having = self.index.flag(segment, name, self.moment)
                _add(found, name, {"true": bits.count(self.hits(number, but=name) & having)})
        return found


def _add(found: Counts, name: str, counts: dict[str, int]) -> None:
    """Add counts to those of the other segments; a choice without hits stays out, but for flags."""
    sums = found.setdefault(name, {})
    for value, count in counts.items():
        if count or name in FLAGS:
            sums[value] = sums.get(value, 0) + count
