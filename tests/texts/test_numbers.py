"""Numbers between words that run from the right."""

import pytest

from registry.texts.numbers import forwards


@pytest.mark.parametrize(
    "number",
    [
        "09171 81-1234",
        "+49 151 000-11",
        "(0 91 71) 81-0",
        "116 117",
        "0800 111 0 111",
        "8:00-12:00",
    ],
)
def test_a_number_keeps_the_order_of_its_groups_behind_arabic_words(number: str) -> None:
    assert forwards(f"هاتف {number}، مجاني") == f'هاتف <bdi dir="ltr">{number}</bdi>، مجاني'


def test_text_from_the_left_and_other_numbers_stay_as_they_are() -> None:
    for text in ("Rufen Sie an: 09171 81-1234", "منذ 2024 في 22.11.2026"):
        assert forwards(text).replace('<bdi dir="ltr">', "").replace("</bdi>", "") == text
    assert "<bdi" not in forwards("Rufen Sie an: 09171 81-1234")


def test_what_people_typed_is_text_and_never_markup() -> None:
    assert forwards("<b>هاتف</b> 110 <script>") == "&lt;b&gt;هاتف&lt;/b&gt; 110 &lt;script&gt;"
