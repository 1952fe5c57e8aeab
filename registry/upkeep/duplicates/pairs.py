"""Which entries of many are alike, without comparing each with each. Pure.

Only entries that share a block are compared: the beginning of a word in the same postcode or the
same square of the map, a telephone number, a whole name. What too many share tells nothing.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator

from registry.actors.similar import Likeness, Traits

Compare = Callable[[Traits, Traits], Likeness | None]
Pair = tuple[int, int]
LARGEST = 100  # entries of a block
SQUARE = 0.003  # degrees; more than a hundred metres everywhere in Germany


class Alike:
    """Entries of one kind and the pairs of them that are alike, kept up as entries change."""

    def __init__(self, compare: Compare) -> None:
        self.compare = compare
        self.entries: dict[int, Traits] = {}
        self.pairs: dict[Pair, Likeness] = {}
        self._members: dict[Hashable, set[int]] = {}
        self._blocks: dict[int, list[Hashable]] = {}
        self._partners: dict[int, set[int]] = {}

    def put(self, entry: Traits, own: Iterable[Hashable], looked_in: Iterable[Hashable]) -> None:
        """Add an entry, or put it anew: it stands in its own blocks, and is compared in those."""
        self.drop(entry.key)
        for key in self._candidates(looked_in):
            if found := self.compare(entry, self.entries[key]):
                self._note(entry.key, key, found)
        self.entries[entry.key] = entry
        self._blocks[entry.key] = blocks = list(own)
        for block in blocks:
            self._members.setdefault(block, set()).add(entry.key)

    def drop(self, key: int) -> None:
        """Forget an entry, if it is known."""
        for block in self._blocks.pop(key, ()):
            self._members[block].discard(key)
        for other in self._partners.pop(key, ()):
            self._partners[other].discard(key)
            del self.pairs[_pair(key, other)]
        self.entries.pop(key, None)

    def like(self, key: int) -> set[int]:
        return self._partners.get(key, set())

    def _candidates(self, blocks: Iterable[Hashable]) -> set[int]:
        found: set[int] = set()
        for block in blocks:
            members = self._members.get(block, ())
            if len(members) <= LARGEST:
                found.update(members)
        return found

    def _note(self, one: int, other: int, found: Likeness) -> None:
        self.pairs[_pair(one, other)] = found
        self._partners.setdefault(one, set()).add(other)
        self._partners.setdefault(other, set()).add(one)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def beginnings(name: str) -> set[str]:
    """Return the first three letters of the words of a plain name."""
    return {word[:3] for word in name.split() if len(word) > 2} or {name[:3]}


def blocks_of_actor(entry: Traits) -> Iterator[Hashable]:
    """Yield the blocks that an actor stands in."""
    for words in {entry.name, entry.whole}:
        yield "name", words.replace(" ", "")
        yield "words", " ".join(sorted(words.split()))
    yield from (("phone", number) for number in entry.phones)
    for word in beginnings(entry.name):
        yield from (("postcode", each.postcode, word) for each in entry.spots if each.postcode)
        yield from (("square", *square, word) for square in _squares(entry))


def blocks_around_actor(entry: Traits) -> Iterator[Hashable]:
    """Yield the blocks in which an actor may meet its like: also the squares beside its own."""
    yield from blocks_of_actor(entry)
    around = [(north, east) for north in (-1, 0, 1) for east in (-1, 0, 1)]
    for word in beginnings(entry.name):
        for x, y in _squares(entry):
            yield from (("square", x + north, y + east, word) for north, east in around)


def blocks_of_offer(entry: Traits, actor: int) -> Iterator[Hashable]:
    """Yield the blocks of an offer: those of its actor, by the words of its title."""
    yield from ((actor, word) for word in beginnings(entry.name))


def _squares(entry: Traits) -> set[tuple[int, int]]:
    return {
        (int(each.lat / SQUARE), int(each.lon / SQUARE))
        for each in entry.spots
        if each.lat is not None and each.lon is not None
    }
