"""Overlap of bodies, fields without one, and who sits where, computed by hand."""

from registry.network.catalogue.bodies import (
    Body,
    much_alike,
    overlaps,
    presences,
    without_body,
)
from registry.network.catalogue.duties import Duty, by_field, without_lead


def body(name: str, members: range | list[int], fields: str = "", guests: str = "") -> Body:
    parts = dict.fromkeys(members, "member") | {int(each): "guest" for each in guests}
    return Body(name, name, "body", parts, tuple(fields.split()))


SPRACHE = body("AK Sprache", range(1, 10), "language work")  # 1–9
TISCH = body("Runder Tisch", range(2, 12), "language housing school")  # 2–11: 8 in common
SMALL = body("Steuerung", [1, 2], "school", guests="3")


def test_two_bodies_share_8_of_11_members_and_1_of_4_fields() -> None:
    [found, *_rest] = overlaps([TISCH, SPRACHE, SMALL])
    assert (found.one, found.other) == (SPRACHE, TISCH)
    assert (len(found.shared), found.members) == (8, 11)
    assert found.of_members == 8 / 11
    assert (found.shared_fields, found.fields, found.of_fields) == (("language",), 4, 1 / 4)


def test_guests_have_no_seat_and_small_bodies_say_so() -> None:
    found = {(each.one.name, each.other.name): each for each in overlaps([SPRACHE, TISCH, SMALL])}
    assert found["AK Sprache", "Steuerung"].shared == (1, 2)
    assert found["Runder Tisch", "Steuerung"].shared == (2,)
    assert [each.small for each in found.values()] == [False, True, True]


def test_bodies_without_anybody_in_common_or_without_members_do_not_overlap() -> None:
    assert overlaps([body("a", [1]), body("b", [2]), body("c", []), body("d", [])]) == []
    assert overlaps([]) == []
    [same] = overlaps([body("a", [1]), body("b", [1])])
    assert (same.of_members, same.of_fields) == (1.0, None)


def test_worth_talking_about_are_bodies_of_four_and_more_that_share_six_of_ten() -> None:
    few = [body("a", [1, 2, 3]), body("b", [1, 2, 3])]
    just = [body("c", range(20, 28)), body("d", range(22, 30))]  # 6 of 10
    below = [body("e", range(40, 48)), body("f", range(43, 49))]  # 5 of 9
    found = much_alike([*few, *just, *below, SPRACHE, TISCH])
    assert [each.one.name for each in found] == ["AK Sprache", "c"]


def test_a_field_without_a_body_is_found_in_the_order_of_the_fields() -> None:
    assert without_body(["work", "health", "sport"], [SPRACHE, TISCH]) == ["health", "sport"]


def test_who_has_a_seat_in_most_bodies_comes_first() -> None:
    found = {each.actor: each.bodies for each in presences([SPRACHE, TISCH, SMALL])}
    assert next(iter(found.items())) == (2, ("AK Sprache", "Runder Tisch", "Steuerung"))
    assert found[3] == ("AK Sprache", "Runder Tisch")
    assert presences([]) == []


def test_a_field_has_no_lead_one_or_two() -> None:
    duties = [Duty(1, "work", "lead"), Duty(2, "work", "lead"), Duty(3, "health", "partner")]
    shared = by_field(["work", "health", "sport"], duties)
    assert [(each.leads, each.partners) for each in shared] == [((1, 2), ()), ((), (3,)), ((), ())]
    assert without_lead(shared) == ["health", "sport"]
