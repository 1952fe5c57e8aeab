"""Visitors who fill in the public forms, and what is stored of it."""

from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from registry.actors.models import Actor
from registry.core import i18n
from registry.core.db import db
from registry.offers.models import Offer
from registry.upkeep.suggestions.models import Suggestion


class _Form(HTMLParser):
    """Collects what the page's form with a seal would send."""

    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.area = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method") == "post" and "sign-out" not in given["action"]
        name = given.get("name", "")
        unchecked = given.get("type") == "checkbox" and "checked" not in given
        if self.inside and name and tag in ("input", "textarea") and not unchecked:
            self.values.add(name, given.get("value", ""))
            self.area = name if tag == "textarea" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] = (self.values[self.area] + data).removeprefix("\n")


def filled(client: FlaskClient, path: str, page: str = "") -> MultiDict[str, str]:
    """Return what the form at an address, or on a page at hand, would send as it stands."""
    reader = _Form()
    reader.feed(page or client.get(path).text)
    return reader.values


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute pass: nobody fills in a form at once."""
    at = i18n.local_now() + timedelta(minutes=1)
    monkeypatch.setattr(i18n, "local_now", lambda: at)


def report(
    client: FlaskClient, entry: Offer | Actor, monkeypatch: pytest.MonkeyPatch, values: Any
) -> Any:
    """Open the form about an entry, change these inputs, and send it a minute later."""
    kind = "offers" if isinstance(entry, Offer) else "actors"
    path = f"/de/{kind}/{entry.uuid}/report"
    form = filled(client, path)
    for name, value in values.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    later(monkeypatch)
    return client.post(path, data=form)


def stored() -> list[Suggestion]:
    db.session.expire_all()
    return list(db.session.scalars(select(Suggestion).order_by(Suggestion.id)))
