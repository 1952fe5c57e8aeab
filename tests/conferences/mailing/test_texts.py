"""The text of an invitation: its placeholders, and where the link stands."""

import pytest

from registry.conferences.mailing import texts
from registry.conferences.mailing.texts import Fault

VALUES = {name: f"<{name}>" for name in texts.NAMES if name != texts.LINK}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Hier: {{ link }}", None),
        ("Hier: {{LINK}}", None),
        ("Ohne", Fault.NO_LINK),
        ("{ link } und { frist }", Fault.NO_LINK),
        ("{{ link }} {{ fritz }} {{ 7*7 }}", Fault.UNKNOWN),
    ],
)
def test_a_text_needs_the_link_and_knows_its_placeholders(text: str, fault: Fault | None) -> None:
    assert texts.fault(text) == fault


def test_unknown_placeholders_are_named_once() -> None:
    assert texts.unknown("{{ fritz }} {{ link }} {{ fritz }} {{ 7*7 }}") == ["fritz", "7*7"]


def test_a_subject_has_no_link() -> None:
    assert texts.fault_of_subject("Einladung {{ link }}") == Fault.LINK_IN_SUBJECT


def test_the_usual_text_can_be_sent() -> None:
    assert texts.fault(texts.USUAL_TEXT) is None
    assert texts.fault_of_subject(texts.USUAL_SUBJECT) is None
    before, after = texts.parts(texts.USUAL_TEXT, VALUES)
    assert before.endswith("diesem Link:\n\n")
    assert after.startswith("\n\nDas Öffnen")


def test_a_line_goes_where_its_placeholders_stand_for_nothing() -> None:
    parts = texts.parts(
        "A\n{{ motto }}\n\n{{ motto }}{{ ort }}\n{{ link }}", {"motto": "", "ort": "O"}
    )
    assert parts == ["A\n\nO\n", ""]


def test_what_stands_for_a_placeholder_is_not_read_for_placeholders() -> None:
    values = {"organisation": "{{ link }} {{ frist }}", "frist": "morgen"}
    assert texts.parts("{{ organisation }}: {{ link }}", values) == ["{{ link }} {{ frist }}: ", ""]


def test_a_subject_is_one_line() -> None:
    assert (
        texts.subject("{{ konferenz }},\r\n{{ motto }}", {"konferenz": "A\nB", "motto": ""})
        == "A B"
    )
