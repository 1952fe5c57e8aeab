"""Persons without an address: found by name or telephone, chosen, told and erased exactly."""

from typing import Any

import pytest
from sqlalchemy import select

from registry.access.policy import CONSOLE
from registry.accounts.models import User
from registry.actors import services as actors
from registry.actors.models import Contact
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.mail.models import Mail
from registry.core.mail.outbox import Letter, post
from registry.privacy.models import Erasure
from registry.privacy.persons import services
from registry.upkeep.suggestions.models import Suggestion
from tests.conftest import Cast
from tests.factories.actors import make_actor

DATABASES = ["postgresql"]

NAME, PHONE = "Maria Müller", "0911 42 42-42"
PAGE = "/en/office/privacy"


def plant() -> tuple[Contact, Contact]:
    """Two people of one name, one with a number, and what mentions them."""
    found = []
    for function, phone in ((f"Frau {NAME}", PHONE), ("Vorsitz: Mueller, Maria", None)):
        actor = make_actor(name=f"Verein {len(found)}", contacts=[{"function": function}])
        row = {"uuid": actor.contacts[0].uuid, "function": function, "phone": phone}
        actors.update_actor(CONSOLE, actor.uuid, actor.version, {"contacts": [row]})
        found.append(actor.contacts[0])
    db.session.add(
        Suggestion(
            region="09576", kind="new", title="Chor", remark="Bei MARIA MUELLER, +49 911 424242"
        )
    )
    post(Letter("note", "maria.mueller@example.org", "09576", {"text": "Guten Tag"}))
    post(Letter("note", "amt@example.org", "09576", {"text": f"Bitte {NAME} anrufen"}))
    db.session.commit()
    return found[0], found[1]


def refs(model: Any) -> list[str]:
    """Return what the rows of a table are chosen by, in their order."""
    keys = db.session.scalars(select(model.id).order_by(model.id))
    return [f"{model.__tablename__}:{key}" for key in keys]


def test_what_may_be_held_is_listed_by_name_with_the_details_it_leads_to(database: None) -> None:
    hers, others = plant()
    post(Letter("note", "amt@example.org", "09576", {"text": "Ruf 0911424242 an"}))
    found = services.look_for(CONSOLE, NAME).items
    *mails, last = refs(Mail)
    given = {ref for ref, item in found.items() if item.given}
    assert given == {
        f"contact:{hers.uuid}", f"contact:{others.uuid}", *refs(Suggestion), *mails,
    }  # fmt: skip
    assert found.keys() - given == {last}  # by the number of her contact alone
    assert found[f"contact:{hers.uuid}"].label == "Verein 0: Frau Maria Müller"
    assert len(found[f"contact:{hers.uuid}"].traces) > 2  # the contact, and its entries in the log


def test_by_telephone_only_who_has_it_is_found(database: None) -> None:
    hers, _others = plant()
    found = services.look_for(CONSOLE, "0911/424242").items
    assert {ref for ref, item in found.items() if item.given} == {
        f"contact:{hers.uuid}", *refs(Suggestion),
    }  # fmt: skip


def test_exactly_what_was_chosen_is_told(database: None) -> None:
    hers, _others = plant()
    found = services.held_on(CONSOLE, NAME, [f"contact:{hers.uuid}", refs(Mail)[1]])
    assert [row["uuid"] for row in found["contact"]] == [hers.uuid]
    assert [f"mail:{row['id']}" for row in found["mail"]] == refs(Mail)[1:]
    assert "Vorsitz" not in str(found)
    assert "Frau Maria" in str(found["audit_entry"])


def test_exactly_what_was_chosen_is_erased(database: None) -> None:
    hers, others = plant()
    chosen = [f"contact:{hers.uuid}", *refs(Mail)]
    done = services.erase(CONSOLE, NAME, chosen)
    db.session.commit()
    assert (done["contacts"], done["mails"], done["mail"]) == (1, 1, 1)
    assert db.session.scalars(select(Contact.id)).all() == [others.id]
    (mail,) = db.session.scalars(select(Mail))
    assert mail.recipient == "amt@example.org"
    assert NAME not in str(mail.facts)
    everything = str(
        [[each.changes, each.state] for each in db.session.scalars(select(AuditEntry))]
    )
    assert "Frau Maria" not in everything
    assert "42-42" not in everything
    assert "Vorsitz: Mueller, Maria" in everything
    assert "MARIA" in (db.session.scalars(select(Suggestion.remark)).one() or "")


def test_the_protocol_of_an_erasure_names_nobody(database: None) -> None:
    hers, _others = plant()
    services.erase(CONSOLE, f"{NAME}; {PHONE}", [f"contact:{hers.uuid}", *refs(Suggestion)])
    db.session.commit()
    kept = [vars(each) for each in db.session.scalars(select(Erasure))]
    assert {each["kind"] for each in kept} == {"contact", "name", "phone"}
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    told = str([kept, vars(entry)]).lower()
    for trace in ("maria", "müller", "muller", "4242", str(hers.uuid)):
        assert trace not in told


def test_a_state_without_the_contact_can_still_be_brought_back(as_user: Any, no_csrf: None) -> None:
    hers, _others = plant()
    actor = hers.actor
    services.erase(CONSOLE, NAME, [f"contact:{hers.uuid}"])
    db.session.commit()
    amal, uuid = as_user("amal"), actor.uuid
    keys = select(AuditEntry.id).where(AuditEntry.subject_id == uuid, AuditEntry.state.is_not(None))
    for key in db.session.scalars(keys.order_by(AuditEntry.id)).all():
        page = amal.get(f"/en/office/history/actor/{uuid}/{key}")
        assert page.status_code == 200
        assert "Frau Maria" not in page.text
    assert amal.get(f"/en/office/history/actor/{uuid}").status_code == 200


def test_an_account_is_found_by_the_name_in_its_address_and_goes_if_chosen(cast: Cast) -> None:
    cast.amal.email = "maria.mueller@example.org"
    db.session.commit()
    plant()
    found = services.look_for(cast.who("dana"), NAME).items
    (account,) = (ref for ref in found if ref.startswith("user:"))
    done = services.erase(cast.who("dana"), NAME, [account])
    assert (done["accounts"], done["mails"]) == (1, 1)  # and what went to its address
    assert "maria.mueller@example.org" not in db.session.scalars(select(User.email)).all()


def test_nothing_chosen_and_what_is_not_there_are_refused(database: None) -> None:
    plant()
    for chosen in ([], ["contact:7"]):
        with pytest.raises(Invalid) as refused:
            services.erase(CONSOLE, NAME, chosen)
        assert "chosen" in refused.value.errors


def test_on_the_page_nothing_is_chosen_for_a_name(as_user: Any, no_csrf: None) -> None:
    hers, _others = plant()
    dana = as_user("dana")
    page = dana.post(f"{PAGE}/person", data={"words": NAME}).text
    assert f'value="contact:{hers.uuid}"' in page
    assert " checked" not in page
    form = {"words": NAME, "sure": "1"}
    refused = dana.post(f"{PAGE}/erase", data=form)
    assert refused.status_code == 422
    assert "Please choose what belongs to the person." in refused.text
    done = dana.post(f"{PAGE}/erase", data={**form, "chosen": f"contact:{hers.uuid}"})
    assert done.status_code == 200
    assert "Verein 0" not in dana.post(f"{PAGE}/person", data={"words": NAME}).text
