"""Ways round the tables of a World Café on which no two guests sit together twice. Pure.

Tables, rounds and ways are elements of a ring with as many elements as there are tables: whoever
begins at table i and goes by j sits in round r at i + r·j. Two who share two rounds r and s share
(r - s)·j; where every r - s has an inverse, that is one and the same way. Of a product of fields so
many rounds have that property as its smallest field has elements: any number for a power of a
prime (4, 5, 7, 8, 9, 11 …), three for 12 or 15, two for 6 or 10. These are the lines of a net, or
of an affine plane: C. Colbourn, J. Dinitz, Handbook of Combinatorial Designs, III.3.
"""

from collections.abc import Iterator
from itertools import product

LARGEST = 64  # field that is no prime: finding one costs its square
_Element = tuple[int, ...]


def ways(tables: int, rounds: int) -> Iterator[list[int]]:
    """Yield every way as its tables by round, none where there are too many rounds for this.

    They come in classes of `tables` ways which begin at all tables and never share one.
    """
    powers = list(_prime_powers(tables))
    if tables == 1:
        yield [0]
    if rounds > min((prime**power for prime, power in powers), default=0):
        return
    if any(power > 1 and prime**power > LARGEST for prime, power in powers):
        return
    fields = [_Field(prime, power) for prime, power in powers]
    sizes = [field.size for field in fields]
    # The same number in each field: their differences are zero in none.
    turns = [tuple(turn for _field in fields) for turn in range(rounds)]
    numbers = {each: number for number, each in enumerate(product(*map(range, sizes)))}
    for pace, first in product(list(numbers)[1:], numbers):
        yield [
            numbers[
                tuple(
                    field.plus(begin, field.times(step, by))
                    for field, begin, step, by in zip(fields, first, turn, pace, strict=True)
                )
            ]
            for turn in turns
        ]


class _Field:
    """A field of prime**power elements: numbers whose digits are a polynomial's coefficients."""

    def __init__(self, prime: int, power: int) -> None:
        self.prime, self.power = prime, power
        self.size = prime**power
        self.reduced = next(
            each for each in product(range(prime), repeat=power) if self._has_inverses(each)
        )

    def plus(self, one: int, other: int) -> int:
        digits = zip(self._digits(one), self._digits(other), strict=True)
        return self._number([(mine + theirs) % self.prime for mine, theirs in digits])

    def times(self, one: int, other: int) -> int:
        return self._times(one, other, self.reduced)

    def _times(self, one: int, other: int, reduced: _Element) -> int:
        """Multiply; `reduced` is what x**power is equal to."""
        found, shifted = [0] * self.power, self._digits(one)
        for digit in self._digits(other):
            found = [(a + digit * b) % self.prime for a, b in zip(found, shifted, strict=True)]
            over = shifted[-1]
            shifted = [0, *shifted[:-1]]
            shifted = [(a + over * b) % self.prime for a, b in zip(shifted, reduced, strict=True)]
        return self._number(found)

    def _has_inverses(self, reduced: _Element) -> bool:
        rest = range(1, self.size)
        return self.power == 1 or all(self._times(a, b, reduced) for a in rest for b in rest)

    def _digits(self, number: int) -> list[int]:
        return [number // self.prime**place % self.prime for place in range(self.power)]

    def _number(self, digits: list[int]) -> int:
        return sum(digit * self.prime**place for place, digit in enumerate(digits))


def _prime_powers(number: int) -> Iterator[tuple[int, int]]:
    prime = 2
    while number > 1:
        power = 0
        while number % prime == 0:
            number, power = number // prime, power + 1
        if power:
            yield prime, power
        prime += 1
