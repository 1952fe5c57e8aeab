"""What is held on a person: found everywhere, told, logged, erased."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import select

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.models import User
from registry.accounts.services import create_user
from registry.actors import services as actors
from registry.actors.models import Contact
from registry.audit.models import AuditEntry
from registry.core.db import db
from registry.core.errors import Invalid
from registry.core.mail.models import Mail
from registry.core.mail.outbox import Letter, post
from registry.privacy.persons import services
from tests.conftest import PASSWORD, Cast
from tests.factories.actors import make_actor

KIM = "kim@example.org"
PAGE = "/en/office/privacy"


def plant() -> None:
    row = {"function": "Ehrenamt Kim", "email": KIM, "phone": "0911 777"}
    actor = make_actor(contacts=[row])
    change = {"contacts": [{"uuid": actor.contacts[0].uuid, **row, "phone": "0911 888"}]}
    actors.update_actor(CONSOLE, actor.uuid, actor.version, change)
    post(Letter("note", KIM, "09576", {}))
    post(Letter("note", "amt@example.org", "09576", {"text": f"ask {KIM}"}))
    db.session.commit()


def test_everything_that_names_a_person_is_told(cast: Cast) -> None:
    plant()
    found = services.held_on(cast.who("dana"), KIM)
    assert found.keys() == {"contact", "mail", "audit_entry"}
    assert (len(found["contact"]), len(found["mail"])) == (1, 2)
    assert found["contact"][0]["phone"] == "0911 888"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.subject_label, entry.changes) == (
        "data.exported", "person", {"count": [None, sum(map(len, found.values()))]},
    )  # fmt: skip


def test_a_copy_says_nothing_of_others(database: None) -> None:
    others = {"function": "Leitung", "email": "lee@example.org"}
    make_actor(contacts=[others, {"function": "Ehrenamt", "email": KIM}])
    found = str(services.held_on(CONSOLE, KIM))
    assert KIM in found
    assert "lee@example.org" not in found


@pytest.mark.usefixtures("everybody")
def test_a_copy_leaves_out_what_protects_an_account(cast: Cast) -> None:
    found = services.held_on(CONSOLE, "amal@example.org")
    assert "password_hash" not in found["user"][0]


def test_a_person_is_erased_with_everything_the_contact_said(database: None) -> None:
    plant()
    done = services.erase(CONSOLE, KIM.upper())
    db.session.commit()
    assert done["contacts"] == 1
    assert done["mails"] == 1
    assert db.session.scalars(select(Contact)).all() == []
    assert len(db.session.scalars(select(Mail)).all()) == 1
    everything = str([vars(each) for each in db.session.scalars(select(AuditEntry))])
    for trace in (KIM, "Ehrenamt Kim", "0911 777", "0911 888"):
        assert trace not in everything
    assert services.held_on(CONSOLE, KIM) == {}


def test_others_with_a_similar_address_stay(database: None) -> None:
    make_actor(contacts=[{"function": "Joakim", "email": "joa" + KIM}])
    services.erase(CONSOLE, KIM)
    assert db.session.scalars(select(Contact.email)).all() == ["joa" + KIM]


def test_an_account_is_erased_only_if_asked(cast: Cast) -> None:
    create_user(CONSOLE, KIM, PASSWORD, Role.EDITOR, "09576")
    with pytest.raises(Invalid) as refused:
        services.erase(cast.who("dana"), KIM)
    assert "account" in refused.value.errors
    services.erase(cast.who("dana"), KIM, account=True)
    assert KIM not in db.session.scalars(select(User.email)).all()
    assert KIM not in db.session.scalars(select(AuditEntry.subject_label)).all()


def test_nobody_erases_the_own_account(cast: Cast) -> None:
    with pytest.raises(Invalid):
        services.erase(cast.who("dana"), "dana@example.org", account=True)


def test_the_page_shows_saves_and_erases(as_user: Any, no_csrf: None) -> None:
    plant()
    dana = as_user("dana")
    page = dana.post(f"{PAGE}/person", data={"words": KIM}).text
    assert "Musterverband: Ehrenamt Kim" in page
    named = set(re.findall("<dt>(.*?)</dt>", page))
    assert {"Function", "Legal basis of the details"} <= named
    assert '<dd><span dir="auto">no</span></dd>' in page
    chosen = re.findall('name="chosen" value="([^"]+)" checked', page)
    assert len(chosen) == 3  # of an address everything is
    form = {"words": KIM, "chosen": chosen}
    file = dana.post(f"{PAGE}/person", data={**form, "form": "json"})
    assert "attachment" in file.headers["Content-Disposition"]
    assert json.loads(file.text)["contact"][0]["email"] == KIM
    unsure = dana.post(f"{PAGE}/erase", data=form)
    assert unsure.status_code == 422
    assert "cannot be undone" in unsure.text
    assert unsure.text.count('" checked>') == 3
    done = dana.post(f"{PAGE}/erase", data={**form, "sure": "1"})
    assert done.status_code == 200
    assert "deleted or blackened" in done.text
    again = dana.post(f"{PAGE}/person", data={"words": KIM}).text
    assert "Nothing in the register names this person." in again


@pytest.mark.parametrize("words", ["", "ki", "%", "a@b", "kim@example.org x"])
def test_half_an_address_is_refused(as_user: Any, no_csrf: None, words: str) -> None:
    for path in ("person", "erase"):
        data = {"words": words, "sure": "1"}
        answer = as_user("dana").post(f"{PAGE}/{path}", data=data)
        assert answer.status_code == 422
        assert "a telephone number or a name" in answer.text
