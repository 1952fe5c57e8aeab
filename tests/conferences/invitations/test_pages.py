"""The office sets rules, looks at the reasons, applies them, and works on the list."""

import csv
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from registry.access.policy import CONSOLE
from registry.audit.models import AuditEntry
from registry.conferences.invitations import queries
from registry.conferences.invitations.choosing import services as rules
from registry.conferences.invitations.models import Individual, Invitation
from registry.conferences.replies.models import Participant, PersonalNeed
from registry.core.db import db, now
from tests.conftest import count_queries
from tests.factories.actors import make_actor
from tests.factories.conferences import make_conference, make_invitation

DATABASES = ["postgresql"]
pytestmark = pytest.mark.usefixtures("no_csrf")
AWKWARD = "Ümit’s Fußball- & Kulturverein „Brücke“ " + "x" * 40
ARABIC = "جمعية اللقاء"


def organisation(name: str, email: str, **fields: Any) -> Any:
    contact = {"function": "Büro", "email": email, "use_for_invitations": True}
    return make_actor(name=name, contacts=[contact], **fields)


def room(conference: Any) -> str:
    return f"/en/office/conferences/{conference.uuid}/invitations"


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    text: str = answer.get_data(as_text=True)
    return text


def test_from_no_rule_to_a_list_that_can_be_taken_back(as_user: Any, cast: Any) -> None:
    conference, client = make_conference(), as_user("olga")
    base = room(conference)
    assert "Set rules" in page(client, base)
    organisation("Polizei Roth", "p@x.example", category="police")
    organisation("Caritas", "c@x.example")
    assert client.post(f"{base}/rules/new", data={"effect": "invite"}).status_code == 302
    police = {"effect": "exclude", "categories": ["police"]}
    assert client.post(f"{base}/rules/new", data=police).status_code == 302
    overview = page(client, f"{base}/rules")
    assert "This rule fits everybody." in overview
    preview = page(client, f"{base}/preview")
    assert "left out by rule 2 (Category: Police)" in preview
    seen = re.search(r'name="seen" value="(\w+)"', preview)
    assert seen
    applied = client.post(f"{base}/apply", data={"seen": seen[1]})
    text = page(client, applied.headers["Location"])
    assert "Caritas" in text
    assert "Polizei" not in text
    moment = re.search(r'name="applied" value="([^"]+)"', text)
    assert moment
    client.post(f"{base}/undo", data={"applied": moment[1].replace("&#43;", "+")})
    assert "Caritas" not in page(client, base)
    only_police = page(client, f"{base}/preview?outcome=rule_out")
    assert "Caritas" not in only_police.partition("</form>")[2].partition("<table")[2]


def test_a_rule_that_fits_nobody_and_categories_without_anyone_are_warned_of(
    as_user: Any, cast: Any
) -> None:
    conference, client = make_conference(), as_user("amal")
    organisation("Caritas", "c@x.example")
    asked = {"effect": "invite", "tiers": ["federal"], "last": ["attended"]}
    client.post(f"{room(conference)}/rules/new", data=asked)
    text = page(client, f"{room(conference)}/rules")
    assert "This rule fits nobody." in text
    assert "Nobody is invited of:" in text


def test_a_row_is_edited_in_its_place_and_a_stale_one_is_not_overwritten(
    as_user: Any, cast: Any
) -> None:
    conference, client = make_conference(), as_user("olga")
    row = make_invitation(conference, organisation("Caritas", "c@x.example"), email="c@x.example")
    base, own = room(conference), f"{room(conference)}/{row.uuid}"
    assert 'name="family_name"' in page(client, f"{base}?edit={row.uuid}&sort=city")
    typed = {"version": "1", "form": "female", "family_name": "Groß", "channel": "post"}
    refused = client.post(own, data={**typed, "email": "c@x.example"})
    assert refused.status_code == 422
    assert "There is no postal address." in refused.get_data(as_text=True)
    saved = client.post(f"{own}?sort=city", data={**typed, "channel": "none"})
    assert saved.status_code == 302
    assert saved.headers["Location"].endswith(f"?sort=city#i-{row.uuid}")
    assert (row.family_name, row.version) == ("Groß", 2)
    assert client.post(own, data=typed).status_code == 409
    assert "Sehr geehrte Frau Groß," in page(client, f"{base}?columns=all")


def test_screen_and_files_have_one_order_and_excel_computes_nothing(
    as_user: Any, cast: Any
) -> None:
    conference, client = make_conference(), as_user("olga")
    for number, name in enumerate((ARABIC, "=1+1", AWKWARD, "Äpfel e. V.")):
        fields = {"postcode": "01067", "remark": "-2"} if not number else {}
        make_invitation(conference, organisation=name, category="welfare", **fields)
    shown = page(client, f"{room(conference)}?columns=address")
    names = [row.organisation for row in queries.listed(conference)]
    places = [shown.index(name.replace("&", "&amp;")) for name in names]
    assert places == sorted(places)
    file = client.post(f"{room(conference)}/file", data={"form": "csv"}).data
    assert file.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))
    assert [row["Organisation"].removeprefix("'") for row in rows] == names
    assert "'=1+1" in {row["Organisation"] for row in rows}
    book = client.post(f"{room(conference)}/file", data={"form": "xlsx"}).data
    head, *lines = load_workbook(io.BytesIO(book)).active.iter_rows()  # type: ignore[union-attr]
    column = {cell.value: number for number, cell in enumerate(head)}
    assert [line[column["Organisation"]].value for line in lines] == names
    arabic = next(line for line in lines if line[column["Organisation"]].value == ARABIC)
    code = arabic[column["Postcode"]]
    assert (code.value, code.data_type, code.number_format) == ("01067", "s", "@")
    logged = db.session.query(AuditEntry).filter_by(action="conference.list_exported")
    assert logged.count() == 2


def test_personal_needs_stand_in_a_list_of_their_own_and_each_look_is_logged(
    as_user: Any, cast: Any
) -> None:
    conference = make_conference()
    row = make_invitation(conference, organisation="Caritas", reply="yes")
    comes = Participant(conference=conference, invitation=row, family_name="Groß")
    comes.need = PersonalNeed(step_free=True, food="vegan", consent_at=now())
    db.session.add(comes)
    db.session.commit()
    client, base = as_user("olga"), room(conference)
    assert "vegan" not in page(client, f"{base}/needs")
    assert "vegan" not in page(client, f"{base}?columns=all")
    assert "vegan" in client.post(f"{base}/needs", data={}).get_data(as_text=True)
    assert client.post(f"{base}/needs", data={"form": "xlsx"}).data[:2] == b"PK"
    actions = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions[-2:] == ["conference.needs_seen", "conference.needs_exported"]
    reader = as_user("carla")
    assert reader.post(f"{base}/needs", data={}).status_code == 403
    assert reader.get(f"{base}/needs").status_code == 403
    assert as_user("boris").get(base).status_code == 404


def test_individuals_come_with_their_consent_and_are_forgotten_when_deleted(
    as_user: Any, cast: Any
) -> None:
    client, base = as_user("olga"), "/en/office/conferences/individuals"
    given = {
        "category": "volunteer",
        "form": "neutral",
        "given_name": "Łukasz",
        "email": "l@x.example",
    }
    refused = client.post(f"{base}/new", data=given)
    assert refused.status_code == 422
    consent = {"consent_on": "2026-11-01", "consent_source": "Brief"}
    assert client.post(f"{base}/new", data={**given, **consent}).status_code == 302
    [person] = db.session.query(Individual).all()
    conference = make_conference()
    key = f"individual:{person.uuid}"
    client.post(f"{room(conference)}/by-hand/{key}", data={"effect": "invite"})
    preview = page(client, f"{room(conference)}/preview")
    seen = re.search(r'name="seen" value="(\w+)"', preview)
    assert seen
    client.post(f"{room(conference)}/apply", data={"seen": seen[1]})
    [row] = db.session.query(Invitation).all()
    row.number = 1  # sent
    db.session.commit()
    client.post(f"{base}/{person.uuid}/delete", data={"version": "1"})
    db.session.expire_all()
    assert (row.given_name, row.email, row.individual_id) == (None, None, None)
    assert queries.sendable(conference)[row.id].mail is False


def test_a_holder_outside_the_office_sees_individuals_by_category_and_no_drafts(
    as_user: Any, cast: Any
) -> None:
    holder = organisation("Caritas", "c@x.example")
    organisation("Entwurf", "e@x.example", status="draft")
    cast.keeps(holder)
    conference, client = make_conference(duties={"invitation": holder}), as_user("emil")
    rules.add_rule(CONSOLE, conference.uuid, {})
    db.session.commit()
    text = page(client, f"{room(conference)}/preview")
    assert "Caritas" in text
    assert "Entwurf" not in text
    assert client.get("/en/office/conferences/individuals").status_code in (403, 404)


def test_a_longer_list_costs_no_more_statements(as_user: Any, cast: Any) -> None:
    conference, client = make_conference(), as_user("olga")
    make_invitation(conference, organisation("Caritas", "c@x.example"))
    page(client, room(conference))
    with count_queries() as one:
        page(client, room(conference))
    for number in range(3):
        make_invitation(conference, organisation(f"Verein {number}", f"{number}@x.example"))
    page(client, room(conference))
    with count_queries() as more:
        page(client, room(conference))
    assert len(more) <= len(one)
