"""Sets of small numbers as packed bits: number n is bit n % 64 of word n // 64. Pure."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Numbers = NDArray[np.int64]
ONE = np.uint64(1)
SIX = np.uint64(6)
LOW = np.uint64(63)


def word_count(size: int) -> int:
    """Return how many words hold `size` bits."""
    return (size + 63) >> 6


def pack(mask: NDArray[np.bool_]) -> Words:
    """Return the set of the numbers at which `mask` is true."""
    packed = np.zeros(word_count(len(mask)) * 8, np.uint8)
    packed[: (len(mask) + 7) >> 3] = np.packbits(mask, bitorder="little")
    return packed.view("<u8")


def unpack(words: Words) -> NDArray[np.bool_]:
    """Return the mask of a set, as long as its words."""
    return np.unpackbits(words.view(np.uint8), bitorder="little").view(np.bool_)


def of(numbers: NDArray[Any], size: int) -> Words:
    """Return the set of these numbers below `size`."""
    mask = np.zeros(size, np.bool_)
    mask[numbers] = True
    return pack(mask)


def empty(size: int) -> Words:
    return np.zeros(word_count(size), np.uint64)


def full(size: int) -> Words:
    return pack(np.ones(size, np.bool_))


def numbers(words: Words) -> Numbers:
    """Return the members in rising order."""
    return np.flatnonzero(unpack(words))


def has(words: Words, asked: NDArray[Any]) -> NDArray[np.bool_]:
    """Return for each number asked whether it is a member."""
    where = asked.astype(np.uint64)
    return (words[where >> SIX] >> (where & LOW) & ONE).astype(np.bool_)


def count(words: Words) -> int:
    return int(np.bitwise_count(words).sum(dtype=np.int64))


class Ranks:
    """How many members lie below a number, and which one is the n-th: both without a search."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.before = np.zeros(len(words) + 1, np.int64)
        np.cumsum(np.bitwise_count(words), out=self.before[1:], dtype=np.int64)

    def below(self, asked: NDArray[Any]) -> Numbers:
        """Return for each number how many members are smaller."""
        where = asked.astype(np.int64)
        word, bit = where >> 6, (where & 63).astype(np.uint64)
        # A number just behind the last word has no word of its own.
        inside = self.words[np.minimum(word, len(self.words) - 1)] if len(self.words) else bit * 0
        inside = np.where(word < len(self.words), inside & ((ONE << bit) - ONE), np.uint64(0))
        return self.before[word] + np.bitwise_count(inside)

    def member(self, asked: NDArray[Any]) -> Numbers:
        """Return for each n (0 is the first) the n-th member."""
        word = np.searchsorted(self.before, asked, side="right") - 1
        left, found = self.words[word], np.asarray(asked) - self.before[word]
        position = np.zeros(len(left), np.uint64)
        for width in (32, 16, 8, 4, 2, 1):
            step = np.uint64(width)
            low = np.bitwise_count(left & ((ONE << step) - ONE)).astype(np.int64)
            beyond = found >= low
            found = found - np.where(beyond, low, 0)
            left = np.where(beyond, left >> step, left)
            position += np.where(beyond, step, np.uint64(0))
        return (word << 6) + position.astype(np.int64)
