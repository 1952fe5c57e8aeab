"""The words of the offers' texts, and which offers each stands in. Pure: text in, bits out.

An offer is known by its slot, a number below the lexicon's size. Texts and query words come folded
(`registry.core.text`). Bits are uint64 words, slot s being bit s & 63 of word s >> 6. Nothing
changes after building: a few changed offers make a small lexicon of their own beside the big one.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from registry.search.index import bits
from registry.search.index.bits import Words

Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]
Integer = TypeVar("Integer", bound=np.integer)
WHOLE = 2  # letters up to which a query word must stand alone
DEPTH = 8  # bytes by which the places in the joined words are sorted
TYPED, LONG = 4, 8  # letters from which one typing error is forgiven, and two
PART = 6  # letters from which a mistyped part of a word is looked for
PART_COST = 3  # of a part as a correction: more than any whole word's


@dataclass(frozen=True, eq=False)
class Postings:
    """The slots of every word, by the word's number: of common words as bits, else listed.

    `row` is a common word's row in `packed`, else -1. The others have their slots in `slots`, from
    `starts[number]` to `starts[number + 1]`. `counts` says how many slots a word has.
    """

    size: int
    counts: Places
    row: NDArray[np.int32]
    packed: Words
    starts: Places
    slots: Numbers

    @classmethod
    def of(cls, pairs: Words, words: int, size: int) -> "Postings":
        """Sort pairs of a word (upper half) and a slot (lower half) in place; doubles vanish."""
        pairs.sort()
        pairs = _each_once(pairs)
        starts = np.searchsorted(pairs, np.arange(words + 1, dtype=np.uint64) << np.uint64(32))
        return cls._packed(pairs.astype(np.uint32), starts, size)

    @classmethod
    def _packed(cls, slots: Numbers, starts: Places, size: int) -> "Postings":
        """Keep as bits what takes less memory so."""
        counts = starts[1:] - starts[:-1]
        common = np.flatnonzero(counts > 2 * bits.word_count(size))
        row = np.full(len(counts), -1, np.int32)
        row[common] = np.arange(len(common))
        packed = np.zeros((len(common), bits.word_count(size)), np.uint64)
        for into, number in zip(packed, common, strict=True):
            into[:] = bits.of(slots[starts[number] : starts[number + 1]], size)
        listed = np.concatenate([[0], np.cumsum(np.where(row < 0, counts, 0))])
        return cls(size, counts, row, packed, listed, slots[np.repeat(row < 0, counts)])

    def union(self, numbers: Sequence[int]) -> Words:
        """Return the slots that have any of the words."""
        chosen = np.asarray(numbers, np.int64)
        starts, ends = self.starts[chosen], self.starts[chosen + 1]
        lengths = ends - starts
        places = np.arange(lengths.sum())
        places += np.repeat(ends - np.cumsum(lengths), lengths)
        found = bits.of(self.slots[places], self.size)
        rows = self.row[chosen]
        for row in rows[rows >= 0]:
            found |= self.packed[row]
        return found


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All different words, short ones first; a word's number is its place among them.

    `joined` is the words in UTF-8 with a blank before and after each, `starts` the places of these
    blanks, `order` every place but the last sorted by the bytes that stand there. `letters` is how
    long each word is.
    """

    joined: bytes
    starts: Places
    order: Numbers
    letters: Numbers
    texts: Postings
    titles: Postings

    @classmethod
    def build(cls, texts: Iterable[tuple[int, str, str]], size: int) -> "Lexicon":
        """Read offers as (slot, folded title, all folded text with the title)."""
        reading = _Reading()
        for slot, title, text in texts:
            reading.read(slot, title, text)
        words = sorted(reading.known, key=len)
        joined = "".join([" ", *(f"{word} " for word in words)]).encode()
        everywhere, titled = reading.pairs(words)
        return cls(
            joined=joined,
            starts=np.flatnonzero(np.frombuffer(joined, np.uint8) == ord(" ")),
            order=_sorted_places(joined),
            letters=np.fromiter(map(len, words), np.uint32, len(words)),
            texts=Postings.of(everywhere, len(words), size),
            titles=Postings.of(titled, len(words), size),
        )

    def containing(self, word: str) -> list[int]:
        """Return the words a query word is a part of; a short one must be the whole word."""
        return self._having(word if len(word) > WHOLE else f" {word} ")

    def corrections(self, word: str) -> list[tuple[int, str]]:
        """Return what may have been meant as (cost, spelling), the nearest first.

        A whole word costs its typing errors, a swap of neighbours being one. Parts of words come
        only where no whole word is near. The best of several lexicons is the best of all offers.
        """
        if len(word) < TYPED:
            return []
        allowed = 2 if len(word) >= LONG else 1
        first, end = np.searchsorted(self.letters, [len(word) - allowed, len(word) + allowed + 1])
        whole = self.joined[self.starts[first] : self.starts[end]].decode().split()
        return _nearest(word, whole, allowed) or self._mistyped_parts(word)

    def bits(self, numbers: Sequence[int]) -> Words:
        """Return the slots whose text has any of the words."""
        return self.texts.union(numbers)

    def title_bits(self, numbers: Sequence[int]) -> Words:
        """Return the slots whose title has any of the words."""
        return self.titles.union(numbers)

    def _having(self, sought: str) -> list[int]:
        """Return the words where something stands, blanks around them included, ascending."""
        wanted = sought.encode()
        places = np.sort(self.order[self._span(wanted[:DEPTH])])
        if len(wanted) > DEPTH:
            places = places[[self.joined.startswith(wanted, at) for at in places.tolist()]]
        return _each_once(np.searchsorted(self.starts, places, side="right") - 1).tolist()

    def _span(self, wanted: bytes) -> slice:
        """Return where in `order` the places are at which the bytes stand."""

        def standing(place: int) -> bytes:
            return self.joined[place : place + len(wanted)]

        first = bisect_left(self.order, wanted, key=standing)
        return slice(first, bisect_right(self.order, wanted, lo=first, key=standing))

    def _spelled(self, numbers: Sequence[int]) -> list[str]:
        chosen = np.asarray(numbers, np.int64)
        spans = zip(self.starts[chosen].tolist(), self.starts[chosen + 1].tolist(), strict=True)
        return b"".join([self.joined[start:end] for start, end in spans]).decode().split()

    def _mistyped_parts(self, word: str) -> list[tuple[int, str]]:
        """Return parts of words that differ by one typing error.

        It leaves a half of the word as it was, or swaps the letters where the halves meet.
        """
        if len(word) < PART:
            return []
        half = len(word) // 2
        rest = len(word) - half
        head, tail = word[:half], word[half:]
        swapped = head[:-1] + tail[0] + head[-1] + tail[1:]
        ending, beginning = (self._spelled(self.containing(part)) for part in (tail, head))
        before = {found.partition(tail)[0][-half - 1 :] for found in ending}
        after = {found.partition(head)[2][: rest + 1] for found in beginning}
        parts = {
            each[-letters:] + tail for each in before for letters in (half - 1, half, half + 1)
        }
        parts |= {head + each[:letters] for each in after for letters in (rest - 1, rest, rest + 1)}
        parts |= {swapped} if self.containing(swapped) else set()
        return [(PART_COST, part) for _, part in _nearest(word, sorted(parts), 1)]


class _Reading:
    """What was read: the numbers of the words, one text after another, and how many each has.

    Words are numbered as they come up. A text counts as two, its title and the rest.
    """

    def __init__(self) -> None:
        self.known: defaultdict[str, int] = defaultdict(count().__next__)
        self.words, self.lengths, self.slots = array("I"), array("I"), array("I")

    def read(self, slot: int, title: str, text: str) -> None:
        self.slots.append(slot)
        # Most texts begin with their title, and looking words up is what takes the time.
        for part in (title.split(), text.removeprefix(f"{title} ").split()):
            self.words.extend(map(self.known.__getitem__, part))
            self.lengths.append(len(part))

    def pairs(self, words: Sequence[str]) -> tuple[Words, Words]:
        """Return pairs of a word's place in the list and a slot, of all text and of titles."""
        place = np.empty(len(words), np.uint64)
        place[[self.known[word] for word in words]] = np.arange(len(words))
        lengths = np.asarray(self.lengths)
        pairs = place[np.asarray(self.words)]
        pairs <<= np.uint64(32)
        pairs |= np.repeat(np.repeat(np.asarray(self.slots), 2), lengths)
        return pairs, pairs[np.repeat(np.tile([True, False], len(self.slots)), lengths)]


def _nearest(word: str, spellings: Sequence[str], errors: int) -> list[tuple[int, str]]:
    """Return (typing errors, spelling) of those with few enough, the nearest first."""
    found = process.extract(word, spellings, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return [(int(distance), spelling) for spelling, distance, _place in found]


def _sorted_places(joined: bytes) -> Numbers:
    """Return the places of all bytes but the last, sorted by what stands there."""
    places = len(joined) - 1
    padded = np.frombuffer(joined + bytes(DEPTH), np.uint8)
    standing = np.zeros(places, np.uint64)
    for ahead in range(DEPTH):
        standing <<= np.uint64(8)
        standing |= padded[ahead : ahead + places]
    return np.argsort(standing).astype(np.uint32)


def _each_once(values: NDArray[Integer]) -> NDArray[Integer]:
    """Return sorted values without doubles (`np.unique` hashes and takes far longer)."""
    new = np.ones(len(values), np.bool_)
    new[1:] = values[1:] != values[:-1]
    return values[new]
