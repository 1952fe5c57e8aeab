"""What templates need to show a text in the reader's language."""

from collections.abc import Mapping

from flask import Flask

from registry.core import i18n
from registry.texts.markup import blocks
from registry.texts.translated import SOURCE, Shown, Translated


def shown(text: Mapping[str, str] | Translated | None) -> Shown:
    """Return a text, or a dict of bodies, in the language of the page or the nearest to it."""
    made = text if isinstance(text, Translated) else Translated.of(text or {})
    return made.shown(i18n.current().tag)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(shown=shown, blocks=blocks, source_language=SOURCE)
