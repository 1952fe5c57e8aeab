from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from registry.conferences.documentation import queries
from tests.factories.conferences import TODAY, make_conference
from tests.factories.pdfs import TaggedPdf
from tests.factories.pictures import picture

DATABASES = ["postgresql"]


@pytest.mark.usefixtures("no_csrf")
def test_the_office_writes_it_and_everyone_reads_it(app: Any, as_user: Any, client: Any) -> None:
    conference = make_conference(TODAY)
    office = as_user("olga")
    room = f"/de/office/conferences/{conference.uuid}/documentation"
    everyone = f"/de/conferences/{conference.uuid}/documentation"
    assert office.get(room).status_code == 200
    assert office.post(f"{room}/publish", data={"public": "yes"}).status_code == 422
    form = {"version": "0", "introduction": "Warum <b>wir</b>", "imprint": "Landratsamt Roth"}
    assert office.post(room, data=form).status_code == 302
    photo = {
        "photo": (BytesIO(picture("PNG", (300, 200))), "saal.png"),
        "caption": "Der Saal",
        "credit": "Presse",
        "consent": "niemand erkennbar",
    }
    assert office.post(f"{room}/pictures", data=photo).status_code == 302
    bad = office.post(f"{room}/pictures", data={"photo": (BytesIO(b"x"), "a.png"), "caption": "A"})
    assert bad.status_code == 422
    assert 'id="photo-error"' in bad.text
    stranger = app.test_client()
    assert stranger.get(everyone).status_code == 404
    assert office.post(f"{room}/publish", data={"public": "yes"}).status_code == 302
    shown = stranger.get(everyone)
    assert "Warum &lt;b&gt;wir" in shown.text
    [kept] = queries.impressions(conference)
    address = f"{everyone}/pictures/{kept.uuid}"
    assert address in shown.text
    assert stranger.get(address).mimetype == "image/jpeg"
    pdf = TaggedPdf(stranger.get(f"{everyone}.pdf").data)
    assert "Landratsamt Roth" in pdf.text
    assert "Bild: Presse" in pdf.text
    made = ZipFile(BytesIO(office.get(f"{room}/documentation.docx").data))
    assert "word/media/1.jpeg" in made.namelist()
    assert stranger.get(f"{room}/documentation.pdf").status_code == 302
