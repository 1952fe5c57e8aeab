from typing import Any

import pytest

from registry.conferences.training.models import Training
from registry.core.db import db
from tests.conferences.training.conftest import Came
from tests.factories.actors import make_actor
from tests.factories.pdfs import TaggedPdf

DATABASES = ["postgresql"]
ROOM = "/de/office/conferences"


@pytest.mark.usefixtures("no_csrf")
def test_a_certificate_names_those_who_were_there_with_what_was_taught(
    as_user: Any, came: Came, training: Training
) -> None:
    olga = as_user("olga")
    first = training.parts[0]
    came(first.conference, make_actor(name="Caritas (Beispiel)"), "Muster")
    address = f"{ROOM}/training/parts/{first.uuid}"
    form = {"version": training.version, "modules-0.title": "Aufträge", "modules-0.minutes": "90"}
    saved = olga.post(address, data=form)
    assert saved.status_code == 302, saved.text
    db.session.expire_all()
    shown = olga.get(f"{ROOM}/training/{training.uuid}").text
    assert "Aufträge" in shown
    assert "Caritas (Beispiel)" in shown
    made = olga.get(f"{address}/certificates.pdf")
    text = TaggedPdf(made.data).text
    assert all(word in text for word in ("Muster", "Caritas", "Teil 1", "Aufträge", "90 Minuten"))


@pytest.mark.usefixtures("no_csrf")
def test_a_programme_an_officer_and_the_checklist_are_entered_and_wrong_ones_named(
    as_user: Any, cast: Any
) -> None:
    olga = as_user("olga")
    refused = olga.post(f"{ROOM}/training/new", data={"title": ""})
    assert refused.status_code == 422
    assert olga.post(f"{ROOM}/training/new", data={"title": "Fortbildung"}).status_code == 302
    assert "Fortbildung" in olga.get(f"{ROOM}/training").text
    form = {
        "ags": "09576143",
        "function": "Integrationslotsin",
        "public": "true",
        "phone": "09171 81-0",
    }
    assert olga.post(f"{ROOM}/officers/new", data=form).status_code == 302
    assert "Integrationslotsin" in olga.get(f"{ROOM}/officers").text
    assert "Integrationslotsin" in olga.get("/de/officers").text
    assert olga.post(f"{ROOM}/knowledge/propose").status_code == 302
    assert "Datenschutz bei Listen" in olga.get(f"{ROOM}/knowledge").text
    assert olga.get(f"{ROOM}/knowledge/edit").status_code == 200
