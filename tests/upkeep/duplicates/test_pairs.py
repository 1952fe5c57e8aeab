"""Finding pairs among many, and keeping them as entries change."""

from random import Random

from registry.actors.similar import Traits, likeness, spot, traits
from registry.upkeep.duplicates.pairs import Alike, blocks_around_actor, blocks_of_actor

NAMES = ["Tafelladen", "Tafeladen", "Frauenhaus", "Frauen-Haus e.V.", "Jugendtreff", "Begegnung"]


def entry(chance: Random, key: int) -> Traits:
    lat, lon = 49.24 + chance.randrange(4) / 2000, 11.09 + chance.randrange(4) / 2000
    place = spot(None, chance.choice(["91154", "91126", ""]), None, lat, lon)
    phones = [chance.choice(["09171 8100", None])]
    return traits(key, chance.choice(NAMES), [place] * chance.randint(0, 1), phones)


def put(alike: Alike, each: Traits) -> None:
    alike.put(each, blocks_of_actor(each), blocks_around_actor(each))


def compared(entries: list[Traits]) -> dict[tuple[int, int], object]:
    """Compare each with each."""
    pairs = ((a, b) for a in entries for b in entries if a.key < b.key)
    return {(a.key, b.key): found for a, b in pairs if (found := likeness(a, b))}


def test_blocks_miss_no_pair_and_changes_leave_no_trace() -> None:
    for seed in range(20):
        chance = Random(seed)
        entries = {key: entry(chance, key) for key in range(40)}
        alike = Alike(likeness)
        for each in entries.values():
            put(alike, each)
        assert alike.pairs == compared(list(entries.values()))
        for _step in range(15):
            key = chance.randrange(45)
            if chance.random() < 0.4:
                entries.pop(key, None)
                alike.drop(key)
            else:
                entries[key] = entry(chance, key)
                put(alike, entries[key])
        assert alike.pairs == compared(list(entries.values()))


def test_what_very_many_share_is_not_compared() -> None:
    alike, asked = Alike(lambda one, other: asked.append(one) or likeness(one, other)), []
    for key in range(1000):
        put(alike, traits(key, "Verein", []))
    assert len(asked) < 10_000
