"""Another process of the register, for tests: several people answer their invitations there."""

from collections.abc import Sequence
from multiprocessing.synchronize import Barrier

from registry.app import create_app
from registry.core.db import db
from tests.conftest import SETTINGS

Answer = tuple[str, str]  # the key of a link, and what is answered


def answer(url: str, start: Barrier, answers: Sequence[Answer]) -> None:
    """Send each answer as a browser would, once everybody is ready."""
    app = create_app({**SETTINGS, "DATABASE_URL": url})
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    start.wait()
    for key, reply in answers:
        client, at = app.test_client(), f"/de/conference?key={key}"
        form = {"reply": reply, "made_from": made_from(client.get(at).text)}
        sent = client.post(at, data={**form, "s0.family_name": "Muster"})
        assert sent.status_code == 302, sent.status_code
    with app.app_context():
        db.engine.dispose()


def made_from(page: str) -> str:
    """Return which answer a form was made from."""
    return page.partition('name="made_from" value="')[2].partition('"')[0]
