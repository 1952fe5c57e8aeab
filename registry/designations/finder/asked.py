"""What somebody typed into the finder, as data. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.designations.responsibility import (
    OLDEST,
    ON_THEIR_OWN,
    Ages,
    Choice,
    Point,
    Question,
    choose,
    elsewhere,
)

MOST = 12
BETWEEN = re.compile(r"[\s,;.،؛/+&]+")
YOUNG = 26
ADULT = 18
GENERATIONS: tuple[tuple[int, Ages], ...] = ((40, (YOUNG + 1, OLDEST)), (20, (0, YOUNG)))


@dataclass(frozen=True)
class Answer:
    """Who is responsible for people of these ages or, where nobody named one, of this span."""

    choice: Choice
    ages: tuple[int, ...] = ()
    span: Ages | None = None


def ages_in(text: str) -> list[int] | None:
    """Return the ages named, in any script's digits, each once; None where one is no age.

    Words between them mean nothing: "34 and 9".
    """
    words = [word for word in BETWEEN.split(text.strip()) if word]
    told = [word for word in words if not word.isalpha()]
    if len(told) > MOST or not all(word.isdecimal() and len(word) <= 3 for word in told):
        return None
    ages = sorted({int(word) for word in told})
    return ages if all(age <= OLDEST for age in ages) and (told or not words) else None


def answers(points: Sequence[Point], question: Question, ages: Sequence[int]) -> list[Answer]:
    """Return who is responsible for which of the ages; those with the same choice stand together.

    Children come with the adults they ask with.
    """
    if not ages:
        return _by_generation(points, question)
    chosen = {age: _chosen(points, question, age) for age in ages}
    adults = [chosen[age] for age in ages if age >= ADULT and not chosen[age].fallback]
    grown = adults[-1] if adults else None
    together: dict[Choice, tuple[int, ...]] = {}
    for age, choice in chosen.items():
        theirs = grown if grown and age < ON_THEIR_OWN else choice
        together[theirs] = (*together.get(theirs, ()), age)
    return [Answer(choice, members) for choice, members in together.items()]


def _by_generation(points: Sequence[Point], question: Question) -> list[Answer]:
    """Return the answer for adults and that for the young; once where both are the same."""
    found = [Answer(_chosen(points, question, age), (), span) for age, span in GENERATIONS]
    return [Answer(found[0].choice)] if len({each.choice for each in found}) == 1 else found


def _chosen(points: Sequence[Point], question: Question, age: int) -> Choice:
    """Return the choice for an age; whoever is there alone gets a second one, of elsewhere.

    For a child that nobody is there for it is whoever its parents are sent to.
    """
    asked = _aged(question, age)
    choice = choose(points, asked)
    if choice.fallback and age < ON_THEIR_OWN:
        return replace(_chosen(points, question, GENERATIONS[0][0]), fallback=True)
    if choice.fallback or len(choice.points) > 1:
        return choice
    return replace(choice, points=(*choice.points, *elsewhere(points, asked)))


def _aged(question: Question, age: int) -> Question:
    return Question(question.municipalities, age, question.status, question.language)


def online(ages: Sequence[int]) -> list[str]:
    """Return the kinds of advice that can be had online by people of these ages, never none."""
    young = any(ON_THEIR_OWN <= age <= YOUNG for age in ages)
    older = any(age > YOUNG for age in ages)
    if young != older:
        return ["jmd"] if young else ["mbe"]
    return ["mbe", "jmd"]
