"""Which column of a file is which column of ours, guessed from its header. Pure."""

import re
from collections.abc import Sequence
from hashlib import sha256

from registry.core.text import fold
from registry.exchange.sheets.columns import Column
from registry.exchange.sheets.titles import SYNONYMS


def guess(header: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """Return for each column of a file the key of ours, "" where none is meant; each key once.

    What is called exactly like ours goes first, then what people call it.
    """
    taken = [""] * len(header)
    folded = [fold(_bare(each)) for each in header]
    for names in (_titles(columns), _synonyms(columns)):
        for number, name in enumerate(folded):
            key = names.get(name)
            if key and not taken[number] and key not in taken:
                taken[number] = key
    return taken


def fingerprint(kind: str, header: Sequence[str]) -> str:
    """Return what files with the same columns, for the same sheet, have in common."""
    told = "\n".join([kind, *map(fold, header)])
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:40]


def _bare(header: str) -> str:
    return re.sub(r"\s*\*\s*$", "", header)


def _titles(columns: Sequence[Column]) -> dict[str, str]:
    return {fold(word): each.key for each in columns for word in (each.key, each.title)}


def _synonyms(columns: Sequence[Column]) -> dict[str, str]:
    known = {each.key for each in columns}
    return {
        fold(word): key
        for key, words in reversed(SYNONYMS.items())
        for word in words.split(";")
        if key in known
    }
