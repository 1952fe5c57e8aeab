"""The letters about accounts, as they leave."""

from uuid import uuid4

import pytest

from registry.accounts.changes import INVITATION
from registry.accounts.people.services import LASTS
from registry.core.db import now
from registry.core.mail.outbox import Letter, post
from registry.core.mail.rendering import render
from registry.core.tokens import issue

DATABASES = ["postgresql"]

FACTS = {"email": "ida@example.net", "inviter": "Rosa", "days": 7, "hours": 24, "minutes": 60}
KINDS = ["account_invitation", "account_address", "password_reset"]
CHANGES = ["password", "second_factor_on", "second_factor_off", "second_factor_reset"]


def written(kind: str, language: str, **facts: str) -> tuple[str, str]:
    """Return subject and text of a letter."""
    link = issue(INVITATION, uuid4(), LASTS) if kind in KINDS else None
    letter = Letter(kind, "ida@example.net", "09576", {**FACTS, **facts}, language=language)
    message = render(post(letter, link), now())
    return message["Subject"], message.get_content()


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_with_a_link_carries_it_once(database: None, kind: str) -> None:
    subject, text = written(kind, "de")
    assert subject
    assert text.startswith("Guten Tag,")
    assert text.count("http") == 1
    assert "?key=" in text


@pytest.mark.parametrize("what", CHANGES)
def test_a_notice_says_what_has_changed(database: None, what: str) -> None:
    others = {written("account_notice", "de", what=each)[1] for each in CHANGES if each != what}
    _subject, text = written("account_notice", "de", what=what)
    assert text not in others
    assert "ida@example.net" in text
    assert "http" not in text


def test_letters_are_written_in_the_language_of_the_page(database: None) -> None:
    assert written("account_invitation", "en")[1].startswith("Good day,")
    assert written("account_address_changed", "en")[1].startswith("Good day,")
