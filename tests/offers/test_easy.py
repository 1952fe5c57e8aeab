"""Leichte Sprache: a text of its own, shown once somebody has reviewed it."""

from typing import Any

import pytest

from registry.offers.schemas import OfferSchema
from tests.factories.forms import changed, form_of
from tests.factories.offers import make_offer

DATABASES = ["postgresql"]

pytestmark = pytest.mark.usefixtures("no_csrf")
EASY = {
    "easy_text": "## Beratung\n\nWir helfen Ihnen.\n\n- Kommen Sie <b>vorbei</b>.",
    "easy_reviewer": "Prüfgruppe der Lebenshilfe",
    "easy_reviewed_on": "2026-03-01",
}


def test_a_reviewed_text_has_a_section_of_its_own_in_german_on_every_page(client: Any) -> None:
    offer = make_offer(**EASY)
    page = client.get(f"/ar/offers/{offer.uuid}").text
    section = page.split('<h2 id="easy">')[1].split("</section>")[0]
    assert '<li dir="auto">Kommen Sie &lt;b&gt;vorbei' in section
    assert "Prüfgruppe der Lebenshilfe" in section


@pytest.mark.parametrize("missing", ["easy_reviewer", "easy_reviewed_on"])
def test_what_nobody_has_reviewed_is_the_offices_alone(client: Any, missing: str) -> None:
    offer = make_offer(**{**EASY, missing: None})
    assert "Wir helfen Ihnen" not in client.get(f"/de/offers/{offer.uuid}").text
    assert client.get(f"/api/v1/offers/{offer.uuid}").json["easy_text"] is None
    assert OfferSchema(audience="office").dump(offer)["easy_text"] == EASY["easy_text"]


def test_programs_get_it_beside_the_texts_and_never_as_a_language(client: Any) -> None:
    offer = make_offer(**EASY)
    found = client.get(f"/api/v1/offers/{offer.uuid}").json
    assert {name: found[name] for name in EASY} == EASY
    assert set(found["title"]) == {"de"}


def test_the_office_edits_it_in_a_section_and_the_log_tells(as_user: Any) -> None:
    offer = make_offer()
    amal, address = as_user("amal"), f"/en/office/offers/{offer.uuid}"
    page = amal.get(address).text
    assert 'id="section-easy"' in page
    assert amal.post(address, data=changed(form_of(page), **EASY)).status_code == 302
    assert "Prüfgruppe der Lebenshilfe" in amal.get("/en/office/log").text


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-03-01", 422), ("2026-04-01", 302), ("", 302), ("2999-01-01", 422)],
)
def test_other_words_need_another_review(as_user: Any, day: str, status: int) -> None:
    offer = make_offer(**EASY)
    amal, address = as_user("amal"), f"/en/office/offers/{offer.uuid}"
    form = changed(form_of(amal.get(address).text), easy_text="Neu.", easy_reviewed_on=day)
    assert amal.post(address, data=form).status_code == status
