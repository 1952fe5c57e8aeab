"""What templates need to show a term: its label in the reader's language, its colour."""

import re
from typing import Any

from flask import Blueprint, Flask, Response, request

from registry.core import i18n
from registry.core.web import public
from registry.texts.translated import Shown
from registry.vocabulary import queries

pages = Blueprint("vocabulary", __name__)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_KEY = re.compile(r"[\w-]+", re.ASCII)


def label(scheme: str, key: str | None) -> Shown:
    """Return the label of a term; an unknown key is shown as it is."""
    found = queries.term(scheme, key) if key else None
    return found.label(i18n.current().tag) if found else Shown(key or "", "en", "missing")


@pages.get("/vocabulary.css")
@public
def colors() -> Any:
    """Give each field of action its colour: pages carry no style attributes."""
    rules = [
        f".field-{term.key} {{ --field: {term.color}; }}\n"
        for term in queries.terms("field")
        if _COLOR.fullmatch(term.color or "") and _KEY.fullmatch(term.key)
    ]
    response = Response("".join(rules), mimetype="text/css")
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals.update(label=label, term=queries.term, terms=queries.terms)
