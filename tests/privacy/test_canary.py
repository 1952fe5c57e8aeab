"""A canary: planted everywhere, erased, then looked for in every byte that is kept."""

from pathlib import Path

import pytest
from flask import Flask

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts.services import create_user
from registry.actors import services as actors
from registry.core.db import db, forget_deleted
from registry.core.mail.outbox import Letter, post
from registry.exchange.backup import backup, restore
from registry.privacy import services
from registry.search import reader
from registry.search.choices import now_here
from registry.upkeep.suggestions.models import Suggestion
from tests.conftest import PASSWORD
from tests.exchange.conftest import (  # noqa: F401
    ENGINES,
    MakeRegister,
    contents,
    make_register,
)
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

WORD = "kanarienvogel"
CANARY = f"{WORD}@example.org"


def plant() -> None:
    """Put the address wherever somebody could have put it."""
    row = {"function": "Ehrenamt", "email": CANARY, "phone": "0911 424242"}
    text = f"Fragen Sie {CANARY}"
    actor = make_actor(
        name=f"Haus {CANARY}", description={"de": text}, contacts=[row], places=[PLACE]
    )
    actors.update_actor(CONSOLE, actor.uuid, actor.version, {"contacts": [row, row]})
    make_offer(actor, title={"de": text}, summary={"de": text})
    for to in (CANARY, "amt@example.org"):
        post(Letter("note", to, "09576", {"text": text}))
    create_user(CONSOLE, CANARY, PASSWORD, Role.EDITOR, "09576")
    db.session.add(
        Suggestion(
            region="09576", kind="new", title=text, remark=text, reporter=CANARY.upper(),
            changes=[{"path": "email", "old": "", "new": CANARY}],
        )
    )  # fmt: skip
    db.session.commit()


def erase() -> None:
    services.erase(CONSOLE, CANARY, account=True)
    db.session.commit()
    db.session.remove()
    forget_deleted()


def assert_gone(app: Flask, folder: Path) -> None:
    told = str(contents(app)).lower()
    assert WORD not in told
    assert "0911 424242" not in told
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        file = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
        for each in folder.glob(f"{file.name}*"):
            assert WORD.encode() not in each.read_bytes().lower(), each
    with app.app_context():
        found = reader.current(now_here()).index
        assert WORD not in str([vars(part.lexicon) for part in found.segments]).lower()
        db.session.remove()
    page = app.test_client().get(f"/de/offers?q={WORD}").text
    assert CANARY not in page


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_left_of_an_erased_address_even_after_a_restore(
    make_register: MakeRegister,  # noqa: F811
    tmp_path: Path,
    engine: str,
) -> None:
    app = make_register(engine)
    with app.app_context():
        plant()
        assert WORD in str(contents(app))
        backup(CONSOLE, tmp_path / "before.gz")
        erase()
    assert_gone(app, tmp_path)
    with app.app_context():
        restore(CONSOLE, tmp_path / "before.gz", replace=True)
        db.session.remove()
    assert_gone(app, tmp_path)


def test_a_backup_restored_where_nobody_was_erased_is_whole(
    make_register: MakeRegister,  # noqa: F811
    tmp_path: Path,
) -> None:
    source, target = make_register("sqlite"), make_register("sqlite", below=None)
    with source.app_context():
        plant()
        backup(CONSOLE, tmp_path / "before.gz")
    with target.app_context():
        restore(CONSOLE, tmp_path / "before.gz")
    assert WORD in str(contents(target))
