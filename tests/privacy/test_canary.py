"""A canary: planted everywhere, erased, then looked for in every byte that is kept."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts import queries as accounts
from registry.accounts.services import create_user
from registry.actors import services as actors
from registry.core.db import db
from registry.core.mail.outbox import Letter, post
from registry.exchange.backup import backup, restore
from registry.exchange.sheets.models import ImportRun
from registry.privacy.persons import services
from registry.search import reader
from registry.search.choices import now_here
from registry.upkeep.bulk import services as bulk
from registry.upkeep.kinds import KINDS
from registry.upkeep.suggestions.models import Suggestion
from tests.conftest import PASSWORD
from tests.exchange.conftest import MakeRegister, contents, make_register  # noqa: F401
from tests.factories.actors import PLACE, make_actor
from tests.factories.offers import make_offer

WORD = "kanarienvogel"
CANARY, NAME = f"{WORD}@example.org", f"Jörg {WORD.title()}"
PHONE, WRITTEN = "0911 42 42 42", "+49 911/424242"
TRACES = (WORD, PHONE, WRITTEN, "424242")
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


def plant(known: str, row: dict[str, str]) -> None:
    """Put a person wherever somebody could have put it, known by an address or by a name."""
    text = f"Fragen Sie {known}"
    actor = make_actor(
        name=f"Haus {known}", description={"de": text}, contacts=[row], places=[PLACE]
    )
    actors.update_actor(CONSOLE, actor.uuid, actor.version, {"contacts": [row, row]})
    make_offer(actor, title={"de": text}, summary={"de": text}, contact=actor.contacts[0].uuid)
    for to in (CANARY, "amt@example.org"):
        post(Letter("note", to, "09576", {"text": text}))
    create_user(CONSOLE, CANARY, PASSWORD, Role.EDITOR, "09576")
    db.session.add(
        Suggestion(
            region="09576", kind="new", title=text, remark=text, reporter=CANARY.upper(),
            changes=[{"path": "email", "old": "", "new": known.upper()}],
        )
    )  # fmt: skip
    db.session.flush()
    who = accounts.load_user(CANARY)
    assert who
    bulk.change_many(who.as_who(), KINDS["actor"], "confirm", [actor.uuid], date.today())
    plant_import(f"Verein;{known};{row['phone']}")
    db.session.commit()


def plant_import(line: str) -> None:
    run = ImportRun(
        region="09576", who_label="console", sheet="flat", file_name="a.csv", form="csv", size=1
    )
    run.options = {"samples": [line.split(";")]}
    db.session.add(run)


BY_ADDRESS = (CANARY, {"function": "Ehrenamt", "email": CANARY, "phone": PHONE})
BY_NAME = (NAME, {"function": f"Herr {NAME}", "phone": PHONE})


def erase(known: str) -> None:
    """Erase all that is found, as the office would: of a name it chooses."""
    if known == CANARY:
        services.erase(CONSOLE, CANARY, account=True)
    else:
        words = f"{WORD.upper()} Joerg; {WRITTEN}; {CANARY}"
        services.erase(CONSOLE, words, list(services.look_for(CONSOLE, words).items))
    db.session.commit()
    services.sweep(CONSOLE)
    db.session.remove()


def assert_gone(app: Flask) -> None:
    told = str(contents(app)).lower()
    assert [trace for trace in TRACES if trace in told] == []
    uri = app.config["SQLALCHEMY_DATABASE_URI"]
    own = Path(uri.removeprefix("sqlite:///"))
    files = list(own.parent.glob(f"{own.name}*")) if uri.startswith("sqlite") else []
    for each in [*files, Path(app.config["ERASURES_FILE"]), *imports(app).iterdir()]:
        kept = each.read_bytes().lower()
        assert [trace for trace in TRACES if trace.encode() in kept] == [], each
    with app.app_context():
        found = reader.current(now_here()).index
        assert WORD not in str([vars(part.lexicon) for part in found.segments]).lower()
        db.session.remove()
    page = app.test_client().get(f"/de/offers?q={WORD}").text
    assert CANARY not in page
    assert WORD.title() not in page


def imports(app: Flask) -> Path:
    folder = Path(app.config["ERASURES_FILE"]).with_suffix(".imports")
    folder.mkdir(exist_ok=True)
    app.config["IMPORT_DIR"] = str(folder)
    return folder


@pytest.mark.parametrize(
    ("engine", "known", "row"),
    [("sqlite", *BY_ADDRESS), ("postgresql", *BY_NAME)],
    ids=["address", "name"],
)
def test_nothing_is_left_of_a_person_even_after_a_restore(
    make_register: MakeRegister,  # noqa: F811
    tmp_path: Path,
    engine: str,
    known: str,
    row: dict[str, str],
) -> None:
    app, file = make_register(engine), tmp_path / "before.gz"
    (imports(app) / "a.upload").write_bytes(f"Verein;{known};{PHONE}".encode("cp1252"))
    with app.app_context():
        plant(known, row)
        assert WORD in str(contents(app)).lower()
        backup(CONSOLE, file)
        erase(known)
    assert_gone(app)
    with app.app_context():
        done = restore(CONSOLE, file, replace=True)
    assert (done.erased, done.listed) == (1, True)
    assert_gone(app)
    new = make_register(OTHER[engine], below=None)
    imports(new)
    with new.app_context():  # another machine, which gets the list of the first
        done = restore(CONSOLE, file, erasures=Path(app.config["ERASURES_FILE"]))
    assert (done.erased, done.listed) == (1, True)
    assert_gone(new)


def test_a_backup_restored_where_nobody_was_erased_is_whole_and_says_so(
    make_register: MakeRegister,  # noqa: F811
    tmp_path: Path,
) -> None:
    source, target = make_register("sqlite"), make_register("sqlite", below=None)
    with source.app_context():
        plant(*BY_ADDRESS)
        backup(CONSOLE, tmp_path / "before.gz")
    with target.app_context():
        done = restore(CONSOLE, tmp_path / "before.gz")
    assert (done.erased, done.listed) == (0, False)
    assert WORD in str(contents(target))


def test_whoever_was_entered_again_after_an_erasure_stays_in_a_later_backup(
    make_register: MakeRegister,  # noqa: F811
    tmp_path: Path,
) -> None:
    app = make_register("sqlite")
    with app.app_context():
        plant(*BY_ADDRESS)
        erase(CANARY)
        make_actor(contacts=[{"function": "Wieder da", "email": CANARY}])
        backup(CONSOLE, tmp_path / "later.gz")
        assert restore(CONSOLE, tmp_path / "later.gz", replace=True).erased == 0
    assert CANARY in str(contents(app))
