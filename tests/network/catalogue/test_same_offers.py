"""Two offers are alike when they do the same for the same people at the same time and place."""

from dataclasses import replace

import pytest

from registry.network.catalogue.same_offers import OfferFacts, same_offers

COURSE = OfferFacts(
    key="a",
    actor=1,
    fields=("language",),
    municipalities=("09576143",),
    languages=("de", "ar"),
    target_groups=("women",),
    slots=((1, "evening"), (3, "evening")),
    kind="course",
    levels=("a1", "a2"),
)
OTHER = replace(COURSE, key="b", actor=2, languages=("ar",), slots=((3, "evening"),))


def test_two_providers_with_the_same_course_on_the_same_evening() -> None:
    (found,) = same_offers([OTHER, COURSE])
    assert (found.one.key, found.other.key) == ("a", "b")
    assert (found.fields, found.languages) == (("language",), ("ar",))
    assert found.slots == ((3, "evening"),)


@pytest.mark.parametrize(
    "difference",
    [
        {"actor": 1},
        {"fields": ("sport",)},
        {"municipalities": ("09576117",)},
        {"languages": ("uk",)},
        {"target_groups": ("children",)},
        {"target_groups": ()},
        {"slots": ((3, "morning"),)},
        {"slots": ()},
        {"levels": ("b1", "b2")},
        {"kind": None},
    ],
    ids=lambda difference: next(iter(difference)),
)
def test_one_difference_is_enough_to_tell_them_apart(difference: dict[str, object]) -> None:
    assert same_offers([COURSE, replace(OTHER, **difference)]) == ()  # type: ignore[arg-type]


def test_offers_for_everybody_are_alike() -> None:
    everybody = [replace(each, target_groups=()) for each in (COURSE, OTHER)]
    assert len(same_offers(everybody)) == 1
