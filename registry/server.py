"""Starting the server: its key, a demo register where it is asked for, waitress."""

import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import create_server

from registry.access.permissions import Role
from registry.access.policy import CONSOLE
from registry.accounts import queries as accounts
from registry.accounts.services import create_user
from registry.app import MAX_BODY
from registry.conferences import demo as conferences
from registry.config import Settings
from registry.core.db import db
from registry.exchange import revisions
from registry.exchange.demo import seed_demo
from registry.exchange.reference import set_up_register
from registry.network import demo as network
from registry.regions import queries as regions
from registry.search import reader
from registry.search.choices import now_here

DEMO_REGION = "09576"
DEMO_ADMINISTRATOR = "admin@example.org"
KEY_FILE = Path("var/secret_key")
THREADS = 8


def own_key(path: Path = KEY_FILE) -> str:
    """Return this machine's own key, made at the first start so that sessions survive the next."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        private = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(private, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def with_key(settings: Settings, env: dict[str, str]) -> dict[str, str]:
    """Return the settings with the key that links are made with: one for all processes here."""
    settings.refuse_weak_key()
    return env if settings.secret_key else {**env, "SECRET_KEY": own_key()}


def prepare_demo() -> str | None:
    """Fill an empty database; return the password of the administrator if one was made."""
    revisions.migrate()
    if regions.register() is None:
        set_up_register(CONSOLE, DEMO_REGION)
        seed_demo(CONSOLE)
        network.seed(CONSOLE, date.today())
        conferences.seed(CONSOLE, date.today())
    password = None
    if not accounts.count_users():
        password = secrets.token_urlsafe(12)
        create_user(CONSOLE, DEMO_ADMINISTRATOR, password, Role.ADMINISTRATOR, "")
    db.session.commit()
    return password


def waitress(app: Flask, settings: Settings) -> Any:
    """Return a server that already listens; `run()` answers until it is stopped."""
    with app.app_context():
        reader.current(now_here())  # so that nobody waits for it
    return create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        max_request_body_size=2 * MAX_BODY + settings.import_max_mb * 1024 * 1024,
        # The application itself believes as many proxies as the setting says.
        clear_untrusted_proxy_headers=not settings.trusted_proxies,
        ident=None,
    )


def address(settings: Settings, port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}/"
