"""Minutes by letter, for those whom no mail reaches."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.conferences.minutes import queries
from registry.conferences.minutes.approving import services as approving
from registry.conferences.minutes.posting import queries as posting
from registry.conferences.minutes.posting import services
from registry.conferences.minutes.posting.queries import ByLetter
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.mail.models import Mail, State, Suppression
from registry.core.mail.suppression import digest
from tests.conferences.minutes.conftest import AFTER, UNTIL, Held
from tests.factories.conferences import TODAY
from tests.factories.pdfs import TaggedPdf

ADDRESS = {"street": "Am Wall 1", "postcode": "49356", "city": "Diepholz"}


def with_addresses(held: Held) -> Held:
    """Everybody has a postal address but the school; the job centre has no e-mail."""
    for row in held.invitations[:3]:
        for name, value in ADDRESS.items():
            setattr(row, name, value)
    db.session.flush()
    return held


def names(known: ByLetter) -> list[str]:
    return [row.organisation for row in known.rows]


def test_a_draft_goes_by_letter_to_those_who_came_and_have_no_mail(held: Held) -> None:
    minutes = with_addresses(held).begin()
    with pytest.raises(Invalid):
        services.ready(CONSOLE, minutes.uuid, TODAY)
    held.circulated()
    assert names(posting.by_letter(CONSOLE, minutes)) == ["Jobcenter"]
    post = services.ready(CONSOLE, minutes.uuid, TODAY)
    assert post.document["letters"][0]["address"][0] == "Jobcenter"
    first, second = post.document["paragraphs"]
    assert first.startswith("mit diesem Brief erhalten Sie den Entwurf des Protokolls der Konf")
    assert "schreiben Sie uns bitte bis" in second
    assert post.document["paper"]["mark"].startswith("Entwurf")


def test_letters_are_noted_and_only_new_ones_are_printed_afterwards(held: Held) -> None:
    minutes = with_addresses(held).approved()
    post = services.ready(CONSOLE, minutes.uuid, AFTER)
    services.posted(CONSOLE, minutes.uuid, post, AFTER)
    known = posting.by_letter(CONSOLE, minutes)
    assert (known.waiting, list(known.posted.values())) == ([], [AFTER])
    held.invitations[0].email = None
    db.session.flush()
    assert services.ready(CONSOLE, minutes.uuid, AFTER).uuids == [held.invitations[0].uuid]


def test_mail_that_did_not_arrive_is_printed_and_an_objection_is_respected(held: Held) -> None:
    minutes = with_addresses(held).approved()
    approving.send(CONSOLE, minutes.uuid, minutes.version, AFTER)
    mails = {each.recipient: each for each in db.session.scalars(select(Mail))}
    mails["a@example.org"].state = State.BOUNCED
    against = {"digest": digest("c@example.org"), "reason": "objected"}
    db.session.add(Suppression(**against))
    held.invitations[3].email = None
    db.session.flush()
    known = posting.by_letter(CONSOLE, minutes)
    assert names(known) == ["Beratung", "Jobcenter"]
    assert [(row.organisation, standing.post) for row, standing in known.unreached] == [
        ("Schule", False),
        ("Verein", False),
    ]


def test_what_the_draft_was_printed_for_does_not_count_for_the_approved(held: Held) -> None:
    minutes = with_addresses(held).circulated()
    services.posted(CONSOLE, minutes.uuid, services.ready(CONSOLE, minutes.uuid, TODAY), TODAY)
    approving.approve(CONSOLE, minutes.uuid, minutes.version, AFTER)
    assert names(posting.by_letter(CONSOLE, minutes)) == ["Jobcenter"]
    assert posting.by_letter(CONSOLE, minutes).waiting


def test_a_draft_approved_while_its_letters_are_set_leaves_the_approved_to_be_printed(
    held: Held,
) -> None:
    minutes = with_addresses(held).circulated()
    post = services.ready(CONSOLE, minutes.uuid, TODAY)
    approving.approve(CONSOLE, minutes.uuid, minutes.version, AFTER)
    services.posted(CONSOLE, minutes.uuid, post, AFTER)
    known = posting.by_letter(CONSOLE, minutes)
    assert (len(known.waiting), known.posted) == (len(known.rows), {})


@pytest.mark.usefixtures("no_csrf")
def test_one_tagged_pdf_holds_all_letters_each_with_the_minutes(as_user: Any, held: Held) -> None:
    minutes = with_addresses(held).circulated()
    held.invitations[0].email = None
    minutes.object_until = date.today() - timedelta(days=1)
    approving.approve(CONSOLE, minutes.uuid, minutes.version, date.today())
    db.session.commit()
    client, one = as_user("olga"), f"/en/office/conferences/minutes/{minutes.uuid}"
    assert "Print 2 letters with the minutes" in client.get(one).text
    made = TaggedPdf(client.post(f"{one}/letters.pdf").data)
    for name in ("Beratung", "Jobcenter"):
        assert name in made.text
    assert made.text.count("Protokoll: Konferenz „5. Konferenz“") == 2
    assert "Print all letters again" in client.get(one).text
    assert set(queries.load_minutes(CONSOLE, minutes.uuid).posted) == {
        str(row.uuid) for row in held.invitations[:2]
    }


def test_a_supplement_goes_by_letter_as_the_minutes_did(held: Held) -> None:
    minutes = with_addresses(held).approved()
    made = approving.supplement(CONSOLE, minutes.uuid, {"title": "Bus", "text": "Er fährt."})
    approving.circulate(CONSOLE, made.uuid, made.version, UNTIL, TODAY)
    approving.approve(CONSOLE, made.uuid, made.version, AFTER)
    post = services.ready(CONSOLE, made.uuid, AFTER)
    assert post.document["subject"].startswith("Nachtrag zum Protokoll: Konferenz „5. Konferenz“")
    assert "den Nachtrag zum Protokoll der Konferenz" in post.document["paragraphs"][0]
    assert "Er fährt." in str(post.document["paper"]["blocks"])
