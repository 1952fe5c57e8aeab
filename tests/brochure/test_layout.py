"""What stands where in a brochure."""

from typing import Any

from registry.brochure.layout import arranged

FIELDS = ["advice", "work", "school"]


def offer(title: str, *fields: str, at: str | None = None, areas: tuple[str, ...] = ()) -> Any:
    places = [{"details": {"municipality": at}}] if at else []
    return {"title": title, "fields": list(fields), "places": places, "areas": list(areas)}


def titles(groups: Any) -> dict[str, list[str]]:
    return {group.key: [each["title"] for each in group.offers] for group in groups}


def test_an_offer_stands_in_one_chapter_and_under_each_of_its_fields_in_the_index() -> None:
    book = arranged([offer("A", "work", "advice"), offer("B", "advice")], FIELDS, (), [])
    assert titles(book.chapters) == {"advice": ["B"], "work": ["A"]}
    assert titles(book.by_field) == {"advice": ["A", "B"], "work": ["A"]}


def test_an_offer_stands_in_the_chapter_of_a_field_that_was_asked_for() -> None:
    book = arranged([offer("A", "work", "advice")], FIELDS, ["advice"], [])
    assert titles(book.chapters) == {"advice": ["A"]}


def test_chapters_and_places_come_in_the_order_given_and_what_has_none_comes_last() -> None:
    offers = [offer("A", at="2"), offer("B", "school", at="1"), offer("C", "advice")]
    book = arranged(offers, FIELDS, (), ["1", "2"])
    assert list(titles(book.chapters)) == ["advice", "school", ""]
    assert list(titles(book.by_place)) == ["1", "2", ""]


def test_an_offer_without_a_place_stands_where_it_serves() -> None:
    book = arranged(
        [offer("A", areas=("09576",)), offer("B", at="1", areas=("09576",))], [], (), []
    )
    assert titles(book.by_place) == {"09576": ["A"], "1": ["B"]}
