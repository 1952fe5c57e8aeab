"""What changed, as a reader understands it."""

from registry.audit.readable import Difference, differences


def test_rows_that_only_changed_places_are_told_by_their_titles() -> None:
    first = {"title": "Begrüßung", "minutes": 10, "uuid": "1"}
    second = {"title": "Lage", "minutes": 20, "uuid": "2"}
    changes = {"agenda": [[first, second], [second, first]]}
    told = differences(changes, str, lambda _name, text: text)
    assert told == [Difference("agenda", "Begrüßung, Lage", "Lage, Begrüßung")]


def test_a_row_that_is_new_is_told_whole() -> None:
    changes = {"agenda": [[], [{"title": "Lage", "minutes": 20, "uuid": "2"}]]}
    told = differences(changes, str, lambda _name, text: text)
    assert told == [Difference("agenda", added=("title: Lage, minutes: 20",))]
