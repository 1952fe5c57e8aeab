"""What templates need to show a term: its label in the reader's language, its colour."""

import re
from hashlib import blake2b
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for

from registry.core import i18n, static, versions
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
@pages.get("/vocabulary/<key>.css")
@public
def colors(key: str = "") -> Any:
    """Give each field of action its colour: pages carry no style attributes."""
    rules, present = _colors()
    response = Response(rules, mimetype="text/css")
    response.add_etag()
    if key == present:
        return static.lasting(response)
    response.cache_control.no_cache = True
    return response.make_conditional(request)


def colors_address() -> str:
    """Return where the colours are, which changes with them, so that browsers keep them."""
    return url_for("vocabulary.colors", key=_colors()[1])


def _colors() -> tuple[str, str]:
    """Return the rules, and a digest of them."""
    return versions.kept("colours", _written_colors, queries.OF_TERMS)


def _written_colors() -> tuple[str, str]:
    rules = "".join(
        f".field-{term.key} {{ --field: {term.color}; }}\n"
        for term in queries.terms("field")
        if _COLOR.fullmatch(term.color or "") and _KEY.fullmatch(term.key)
    )
    return rules, blake2b(rules.encode(), digest_size=6).hexdigest()


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    app.jinja_env.globals.update(
        label=label, term=queries.term, terms=queries.terms, colors_address=colors_address
    )
