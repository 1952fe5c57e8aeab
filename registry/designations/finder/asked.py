"""What somebody typed into the finder, as data. Pure."""

import re
from collections.abc import Sequence

from registry.designations.responsibility import (
    OLDEST,
    ON_THEIR_OWN,
    Choice,
    Point,
    Question,
    choose,
)

MOST = 12
BETWEEN = re.compile(r"[\s,;.،؛/+&]+")
YOUNG = 26
ADULT = 18


def ages_in(text: str) -> list[int] | None:
    """Return the ages named, in any script's digits, each once; None where one is no age."""
    words = [word for word in BETWEEN.split(text.strip()) if word]
    if len(words) > MOST or not all(word.isdecimal() and len(word) <= 3 for word in words):
        return None
    ages = sorted({int(word) for word in words})
    return ages if all(age <= OLDEST for age in ages) else None


def answers(
    points: Sequence[Point], question: Question, ages: Sequence[int]
) -> list[tuple[list[int], Choice]]:
    """Return who is responsible for which of the ages; those with the same choice stand together.

    Children without a contact point of their own come with the adults they ask with.
    """
    if not ages:
        return [([], choose(points, question))]
    chosen = {age: choose(points, _aged(question, age)) for age in ages}
    adults = [chosen[age] for age in ages if age >= ADULT and not chosen[age].fallback]
    grown = adults[-1] if adults else None
    together: dict[Choice, list[int]] = {}
    for age, choice in chosen.items():
        child = age < ON_THEIR_OWN and choice.fallback and grown is not None
        together.setdefault(grown if child and grown else choice, []).append(age)
    return [(members, choice) for choice, members in together.items()]


def _aged(question: Question, age: int) -> Question:
    return Question(question.municipalities, age, question.status, question.language)


def online(ages: Sequence[int]) -> list[str]:
    """Return the kinds of advice that can be had online by people of these ages, never none."""
    young = any(ON_THEIR_OWN <= age <= YOUNG for age in ages)
    older = any(age > YOUNG for age in ages)
    if young != older:
        return ["jmd"] if young else ["mbe"]
    return ["mbe", "jmd"]
