"""What a language brings with it: dates, numbers, plurals, and who has checked the words."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale, ngettext

from registry.core.i18n import clock, long_date, short_date

DAY = date(2026, 11, 24)
LONG = {
    "de": "Di., 24. November 2026",
    "en": "Tue, 24 November 2026",
    "ar": "الثلاثاء، 24 نوفمبر 2026",
    "uk": "вівторок, 24 листопада 2026 р.",
    "fa": "سه‌شنبه 24 نوامبر 2026",
    "ru": "вторник, 24 ноября 2026 г.",
    "tr": "24 Kasım 2026 Salı",
    "ro": "marți, 24 noiembrie 2026",
    "pl": "wtorek, 24 listopada 2026",
    "fr": "mardi 24 novembre 2026",
}


@pytest.mark.parametrize("lang", LONG)
def test_days_are_written_as_the_language_does(app: Flask, lang: str) -> None:
    with app.test_request_context(), force_locale(lang):
        assert long_date(DAY).replace("\u202f", " ") == LONG[lang]


def test_moments_are_told_as_the_clocks_of_the_region_show_them(app: Flask) -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    with app.test_request_context(), force_locale("de"):
        assert (clock(late), short_date(late)) == ("00:30 Uhr", "25.11.2026")
        assert long_date(late) == "Mi., 25. November 2026"


@pytest.mark.parametrize(
    ("lang", "forms"), [("de", 2), ("ar", 6), ("uk", 3), ("pl", 3), ("ro", 3), ("fr", 2), ("tr", 1)]
)
def test_numbers_have_as_many_forms_as_the_language_knows(
    app: Flask, lang: str, forms: int
) -> None:
    with app.test_request_context(), force_locale(lang):
        said = {
            ngettext("%(num)d offer", "%(num)d offers", number).replace(str(number), "")
            for number in (0, 1, 2, 3, 5, 11, 21, 100, 101)
        }
    assert len(said) == forms


@pytest.mark.parametrize("lang", ["de", "en", "ar"])
def test_a_page_says_that_nobody_has_checked_its_words(client: FlaskClient, lang: str) -> None:
    sentence = {"ar": "لم يراجع أي متحدث أصلي"}.get(lang, "native speaker")
    assert (sentence in client.get(f"/{lang}/offers").text) == (lang == "ar")
