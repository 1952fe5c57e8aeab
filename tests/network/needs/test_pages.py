"""The office's pages about needs."""

import re
from io import BytesIO
from typing import Any

import pytest

from registry.network.needs import queries

DATABASES = ["postgresql"]
OFFICE = "/de/office/network/needs"
TABLE = (
    "Handlungsfeld;Wo;Personen;Quelle;Stand\n"
    "Spracherwerb;Roth;40;Schätzung;02.11.2026\n"
    "Zauberei;Roth;1;Schätzung;02.11.2026\n"
)


@pytest.mark.usefixtures("no_csrf")
def test_a_table_is_looked_at_row_by_row_and_then_taken_in(as_user: Any) -> None:
    amal = as_user("amal")
    sent = amal.post(f"{OFFICE}/import", data={"file": (BytesIO(TABLE.encode()), "bedarfe.csv")})
    page = amal.get(sent.location).text
    assert "<strong>abgewiesen:</strong>" in page
    assert "Zauberei" in page
    assert amal.post(f"{sent.location}/apply").location == OFFICE
    [need] = queries.needed("09576")
    assert (need.field, need.persons) == ("language", 40)
    assert amal.get(sent.location).status_code == 404
    listed = amal.get(OFFICE).text
    assert re.search(r"Spracherwerb.*Roth.*40.*offen.*Schätzung", listed, re.DOTALL)
    assert "Schätzung" not in as_user("boris").get(OFFICE).text


@pytest.mark.usefixtures("no_csrf")
def test_every_view_of_needs_opens_empty_and_filled(as_user: Any) -> None:
    amal = as_user("amal")
    for path in ("", "/new", "/matrix", "/meetings", "/sites", "/import"):
        assert amal.get(OFFICE + path).status_code == 200, path
    form = {"field": "advice", "place": "09576143", "persons": "90", "known_on": "2026-11-02"}
    refused = amal.post(f"{OFFICE}/new", data=form)
    assert refused.status_code == 422
    assert 'value="90"' in refused.text
    assert amal.post(f"{OFFICE}/new", data={**form, "source": "Schätzung"}).status_code == 302
    assert "90 Personen mehr erreichbar" in amal.get(f"{OFFICE}/sites?km=5").text
    assert "offen" in amal.get(f"{OFFICE}/matrix").text
