"""What words in cells stand for: terms by label or synonym, options by label, regions by name.

Pure: the vocabulary and the regions are given.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from registry.core.text import fold

_SEPARATORS = (";", "|", "\n")


@dataclass(frozen=True)
class Meanings:
    """Which key a word stands for, and which word a key is written as."""

    labels: Mapping[str, str]
    keys: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, labels: Mapping[str, str], others: Mapping[str, Iterable[str]]) -> "Meanings":
        """`others` are further words by key; a label goes before them, two of a kind say nothing.

        A word that two keys share at the same rank means neither.
        """
        keys: dict[str, str | None] = {}
        for rank in (others, {key: [label] for key, label in labels.items()}):
            found: dict[str, str | None] = {}
            for key, words in rank.items():
                for word in words:
                    folded = fold(word)
                    found[folded] = key if found.get(folded, key) == key else None
            keys |= found
        return cls(labels, keys)

    def key(self, word: str) -> str | None:
        return word if word in self.labels else self.keys.get(fold(word))

    def word(self, key: str) -> str:
        """Return the label if it can be read back, else the key itself."""
        label = self.labels.get(key, key)
        return label if self.key(label) == key and not _divided(label) else key

    def several(self, text: str) -> tuple[list[str], list[str]]:
        """Return the keys of the words in a cell, and the words that say nothing."""
        keys, unknown = list[str](), list[str]()
        for piece in pieces(text):
            for key, word in self._keys(piece):
                (unknown if key is None else keys).append(word if key is None else key)
        return list(dict.fromkeys(keys)), unknown

    def _keys(self, piece: str) -> Iterator[tuple[str | None, str]]:
        """Yield keys of words between commas; a label may have commas of its own."""
        parts = [part.strip() for part in piece.split(",")]
        start = 0
        while start < len(parts):
            for end in range(len(parts), start, -1):
                word = ", ".join(parts[start:end])
                key = self.key(word)
                if key is not None or end == start + 1:
                    break
            if word:
                yield key, word
            start = end


def _divided(label: str) -> bool:
    return any(mark in label for mark in _SEPARATORS)


def pieces(text: str) -> list[str]:
    """Return what stands between semicolons, bars or line breaks."""
    for mark in _SEPARATORS[1:]:
        text = text.replace(mark, ";")
    return [piece.strip() for piece in text.split(";") if piece.strip()]


@dataclass(frozen=True)
class Words:
    """All that cells are read with: terms by scheme, regions, postcodes that exist."""

    terms: Mapping[str, Meanings]
    regions: Meanings
    postcodes: frozenset[str]
