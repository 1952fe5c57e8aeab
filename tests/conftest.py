"""What every test stands on: both databases, one set of reference data, and a fixed cast."""

import fcntl
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from argon2 import PasswordHasher
from flask import Flask, g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, event, make_url, text

from registry.access.permissions import Role
from registry.access.policy import CONSOLE, Who
from registry.accounts import passwords
from registry.accounts.models import User, UserGrant
from registry.accounts.services import create_user
from registry.accounts.sessions import services as sessions
from registry.actors.models import Actor
from registry.app import create_app
from registry.cli import main
from registry.core.answers import EXTENSION
from registry.core.db import db
from registry.exchange.reference import set_up_register
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary
from tests.postgres import postgres_url

PASSWORD = "correct horse battery staple"
# People are made anew for every test: their passwords need not withstand anybody.
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords._NONE = passwords.nobodys(passwords._hasher)
DISTRICTS = "095"  # the register of every test knows the municipalities of Mittelfranken
# How fast a busy machine is says nothing about the code.
hypothesis_settings.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("here")
gc.disable()  # until everything that stays is loaded
SETTINGS = {"SECRET_KEY": "0123456789abcdef" * 4, "LANGUAGES": "de,en,ar"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server where databases can be made."""
    with postgres_url() as url:
        if url is None:
            if os.environ.get("REQUIRE_PG") == "1":
                pytest.fail("REQUIRE_PG=1, but no PostgreSQL could be started")
            pytest.skip("no PostgreSQL: neither system binaries nor the pip wheel could start one")
        yield url


def fresh_database(postgres: str, name: str, template: str = "template1") -> str:
    """Make an empty database, or a copy of another one, and return its address."""
    name = own_name(name)
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return make_url(postgres).set(database=name).render_as_string(hide_password=False)


def fill(app: Flask, below: str) -> None:
    """Bring an empty database up to date, with the municipalities whose keys begin so."""
    with app.app_context():
        upgrade()
        set_up_register(CONSOLE, "09576", only_below=below)
        db.session.commit()
        db.session.remove()


def own_name(name: str) -> str:
    """Return the name of a database of this process alone."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


NewDatabase = Callable[[str, str], str]


@pytest.fixture(scope="session")
def new_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> NewDatabase:
    """Return a function that gives the address of a database of one's own, with reference data.

    It is filled once for each engine and then copied, which is much faster; a new one takes the
    place of the last of the same name.
    """
    folder, filled = tmp_path_factory.mktemp("databases"), set[str]()

    def filled_at(url: str) -> None:
        app = create_app({**SETTINGS, "DATABASE_URL": url})
        fill(app, DISTRICTS)
        with app.app_context():
            db.engine.dispose()

    def make(engine: str, name: str) -> str:
        first = engine not in filled
        filled.add(engine)
        if engine == "sqlite":
            if first:
                filled_at(f"sqlite:///{folder}/filled.sqlite3")
            for old in folder.glob(f"{name}.sqlite3*"):
                old.unlink()
            shutil.copy(folder / "filled.sqlite3", folder / f"{name}.sqlite3")
            return f"sqlite:///{folder}/{name}.sqlite3"
        postgres = request.getfixturevalue("postgres")
        if first:
            filled_at(fresh_database(postgres, "registry_filled"))
        return fresh_database(postgres, name, template=own_name("registry_filled"))

    return make


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SQLite file that `registry init` and `registry seed` make; to be copied.

    It takes long: of the processes that test side by side the first makes it for all of them.
    """
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    file, unfinished = folder / "demo.sqlite3", folder / "unfinished.sqlite3"
    with (folder / "demo.lock").open("w") as lock, pytest.MonkeyPatch.context() as patch:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            patch.setenv("DATABASE_URL", f"sqlite:///{unfinished}")
            assert main(["init", "--region", "09576"]) == 0
            assert main(["seed"]) == 0
            unfinished.rename(file)
    return file


def pytest_collection_finish() -> None:
    """Spare the collector all that stays until the end: looking through it costs a tenth."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test run on both databases; a module about pages or files may name the stricter one.

    They add nothing to what queries and services, which are tested on both, ask of a database.
    """
    if "app" in metafunc.fixturenames:
        wanted = getattr(metafunc.module, "DATABASES", ["sqlite", "postgresql"])
        metafunc.parametrize("app", wanted, indirect=True)


@pytest.fixture(scope="session")
def app(
    request: pytest.FixtureRequest,
    new_database: NewDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Flask]:
    """The application on one of the databases, migrated, with the reference data of a register."""
    app = create_app({**SETTINGS, "DATABASE_URL": new_database(request.param, "registry_test")})
    app.config.update(TESTING=True, ERASURES_FILE=tmp_path_factory.mktemp("erased") / "list.jsonl")
    app.teardown_request(_forget_request)
    with app.app_context():
        # Kept from here on, because every test goes back to it.
        vocabulary.schemes()
        regions.register()
        regions.rules("")
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


def _forget_request(_error: BaseException | None) -> None:
    """Drop what a request noted (who asked, its language): the tests' context outlives requests."""
    for name in list(g):
        g.pop(name)


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """Undo everything the test does: commits become savepoints of one outer transaction."""
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.session.remove()
        db.engines[None] = connection  # type: ignore[assignment]  # the session binds to it
        db.session.configure(join_transaction_mode="create_savepoint")
        app.extensions[EXTENSION].clear()
        try:
            yield
        finally:
            db.session.remove()
            db.engines[None] = engine
            outer.rollback()
            connection.close()


@pytest.fixture
def client(app: Flask, database: None) -> FlaskClient:
    return app.test_client()


class Cast:
    """The people who recur in every test.

    Amal edits Landkreis Roth, Boris edits Landkreis Fürth, Carla only reads Roth, Dana
    administers everything, Emil keeps one actor (`keeps`), Olga organises conferences in Roth;
    a stranger is anybody who is not signed in. Each appears when first called by name.
    """

    ROLES: ClassVar = {
        "amal": (Role.EDITOR, "09576"),
        "boris": (Role.EDITOR, "09573"),
        "carla": (Role.READER, "09576"),
        "dana": (Role.ADMINISTRATOR, ""),
        "olga": (Role.ORGANISER, "09576"),
        "emil": (Role.READER, "09573"),
    }

    def __getattr__(self, name: str) -> User:
        if name not in self.ROLES:
            raise AttributeError(name)
        user = create_user(CONSOLE, f"{name}@example.org", PASSWORD, *self.ROLES[name])
        if name == "emil":
            user.grants.clear()
        db.session.commit()
        setattr(self, name, user)
        return user

    def everybody(self) -> dict[str, int]:
        """Return the ids of all of them by name."""
        return {name: getattr(self, name).id for name in self.ROLES}

    def keeps(self, actor: Actor) -> User:
        """Let Emil keep this actor and nothing else."""
        grant = UserGrant(role=Role.ACTOR_EDITOR.value, region=actor.region, actor_id=actor.id)
        self.emil.grants = [grant]
        db.session.flush()
        return self.emil

    def who(self, name: str) -> Who:
        user: User = getattr(self, name)
        return user.as_who()


@pytest.fixture
def cast(database: None) -> Cast:
    return Cast()


@pytest.fixture
def everybody(cast: Cast) -> None:
    """For tests that look at all accounts, or count what is written: nobody appears meanwhile."""
    cast.everybody()


@pytest.fixture
def as_user(app: Flask, cast: Cast) -> Any:
    """Return a function that gives a client signed in as one of the cast."""

    def sign_in(name: str) -> FlaskClient:
        client = app.test_client()
        key = sessions.begin(getattr(cast, name), "Firefox, Linux")
        db.session.commit()
        with client.session_transaction() as session:
            session["_user_id"] = key
            session["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def no_csrf(app: Flask) -> Iterator[None]:
    """For tests about something else: forms are accepted without their token."""
    app.config["WTF_CSRF_ENABLED"] = False
    yield
    app.config["WTF_CSRF_ENABLED"] = True


@contextmanager
def count_queries() -> Iterator[list[str]]:
    """Collect the SELECTs that run inside the block."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    target = db.engines[None]
    event.listen(target, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(target, "before_cursor_execute", note)
