"""Blackening: what goes, what stays."""

import pytest

from registry.privacy.persons import terms
from registry.privacy.persons.marks import Person, digest, without_contacts
from registry.privacy.persons.terms import Kind

MARK = "[erased 1]"
PERSON = Person((terms.of("Kim@Example.org"),), frozenset({"7"}), MARK)


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("write to kim@example.org.", f"write to {MARK}."),
        ("KIM@EXAMPLE.ORG", MARK),
        ("kim example org", MARK),
        ("joakim@example.org", "joakim@example.org"),
        ("kim@example.org.uk", "kim@example.org.uk"),
        ({"a": ["x", "kim@example.org"]}, {"a": ["x", MARK]}),
        ({"kim@example.org": 1}, {MARK: 1}),
        ({"uuid": "7", "function": "Amt", "n": 1}, {"uuid": "7", "function": MARK, "n": 1}),
        ({"uuid": "7", "phone": "1"}, {"uuid": "7", "phone": "1"}),  # no contact
        ({"uuid": "8", "function": "Amt"}, {"uuid": "8", "function": "Amt"}),
        ([{"id": "7", "function": "A"}, {"id": "8", "function": "B"}],
         [{"id": "8", "function": "B"}]),
        ([{"function": "Amt", "email": "kim@example.org", "phone": "1"}], []),
        ({"names": {"7": "Kim", "8": "Lee"}}, {"names": {"7": MARK, "8": "Lee"}}),
        ({"actor.contacts.7.phone": ["1", "2"]}, {"actor.contacts.7.phone": [MARK, MARK]}),
        (
            [{"path": "contacts.7.phone", "old": "1", "new": "2"}],
            [{"path": "contacts.7.phone", "old": MARK, "new": MARK}],
        ),
        ({"samples": [["Kim@example.org", "1"], ["a"]]}, {"samples": [[MARK, MARK], ["a"]]}),
        (None, None),
        (5, 5),
    ],
)  # fmt: skip
def test_a_person_gives_way_to_a_mark(value: object, left: object) -> None:
    assert PERSON.scrubbed(value) == left
    assert PERSON.is_in(value) == (value != left)


def test_a_digest_does_not_say_whom_it_stands_for() -> None:
    assert digest("a", "kim") != digest("b", "kim")
    assert len(digest("a", "kim")) == 64


def test_what_a_row_says_beside_its_contacts() -> None:
    value = {"name": "Haus", "contacts": [{"id": "7", "function": "Amt"}, {"function": "new"}]}
    assert without_contacts(value) == {"name": "Haus", "contacts": [{"function": "new"}]}


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Jörg Müller", "Frag JOERG  MUELLER, bitte"),
        ("Mueller", "frau müller"),
        ("Maria Schmidt-Weber", "Schmidt-Weber, Maria"),
        ("Jose Öz", "José Oz"),
        ("Weiß", "Herr Weiss"),
        ("Weiss", "Herr Weiß"),
        ("O'Brien", "OʼBRIEN"),
        ("Lukasz", "Łukasz"),
        ("محمد", "مُحمّد"),
        ("Maria Müller", "maria.mueller@example.org"),
        ("0911 424242", "Tel. +49 (0)911/42 42-42!"),
        ("+49 911 424242", "(0911) 424242"),
        ("0049911424242", "0911-424242"),
        ("+43 664 123456", "0043 664/123456"),
        ("kim@example.org", "Kim@Example.org"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str) -> None:
    found = terms.of(term)
    assert found.pattern.search(text)
    assert found.form in terms.forms(found.kind, text)
    assert terms.again(found.kind, found.form).form == found.form


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Kim Lee", "Kimlee"),
        ("Müller", "Müllerstraße"),
        ("0911 424242", "0911 4242421"),
        ("0911 424242", "90911 424242"),
        ("Maria Müller", "Maria Anna Müller"),
    ],
)
def test_what_is_only_similar_is_not_found(term: str, text: str) -> None:
    assert not terms.of(term).pattern.search(text)


BAD = ["", ";", "ab", "12", "%", "a@b", "kim@example.org x", "a b c d e f g"]


@pytest.mark.parametrize("text", BAD)
def test_what_names_nobody_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        terms.read(text)


def test_several_are_told_apart_by_semicolons() -> None:
    kinds = [term.kind for term in terms.read("Kim Lee; 0911 4242; kim@example.org; Kim Lee")]
    assert kinds == [Kind.NAME, Kind.PHONE, Kind.ADDRESS]
