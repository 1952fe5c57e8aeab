"""What templates need to show a text in the reader's language."""

from collections.abc import Mapping

from flask import Flask, g
from flask_babel import gettext as _

from registry.core import i18n
from registry.texts.markup import blocks
from registry.texts.numbers import forwards
from registry.texts.translated import SOURCE, Dumped, Shown, Translated


def shown(text: Mapping[str, str] | Translated | None) -> Shown:
    """Return a text, or a dict of bodies, in the language of the page or the nearest to it."""
    if isinstance(text, Dumped):
        text = text.text
    made = text if isinstance(text, Translated) else Translated.of(text or {})
    found, tag = made.shown(i18n.current().tag), i18n.current().tag
    if found.body and (found.language != tag or found.state != "source"):
        _states().add("missing" if found.language != tag else found.state)
    return found


def about_texts() -> list[str]:
    """Return what a reader has to know of the texts that the page has shown so far."""
    sentences = {
        "missing": _("Some texts on this page are there in German only."),
        "machine": _(
            "Some texts on this page were translated by machine. Nobody has checked them."
        ),
        "outdated": _("Some texts on this page are older than the German text."),
    }
    return [sentence for state, sentence in sentences.items() if state in _states()]


def _states() -> set[str]:
    if "text_states" not in g:
        g.text_states = set()
    return g.text_states


def init_app(app: Flask) -> None:
    app.jinja_env.filters["forwards"] = forwards
    app.jinja_env.globals.update(
        shown=shown, blocks=blocks, about_texts=about_texts, source_language=SOURCE
    )
