"""Which language a page speaks, and which way it runs."""

import os
import time as clocks
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    format_date,
    format_time,
    get_locale,
    gettext,
    ngettext,
)
from flask_babel import lazy_gettext as _l

HEAD = ""  # the message that a catalogue translates by its own head
UNCHECKED = "not yet checked"  # stands in the head of a catalogue, as Last-Translator
ZONE = ZoneInfo("Europe/Berlin")
# Today is the region's today wherever the server stands: `date.today()` follows this.
os.environ["TZ"] = ZONE.key
clocks.tzset()
# "full" would be "Dienstag, 24. November 2026" in German, and American in English.
_LONG = {"de": "EE, d. MMMM y", "en": "EEE, d MMMM y"}
__all__ = ["ZONE", "Language", "_l", "current", "force_locale", "gettext", "languages", "ngettext"]


@dataclass(frozen=True)
class Language:
    """A language as the interface offers it: BCP-47 tag, its own name, its direction."""

    tag: str
    autonym: str
    direction: str

    @classmethod
    @lru_cache(maxsize=100)
    def of(cls, tag: str) -> "Language":
        locale = Locale.parse(tag, sep="-")
        return cls(tag, (locale.get_display_name() or tag).capitalize(), locale.text_direction)


def languages() -> list[Language]:
    return [Language.of(tag) for tag in current_app.config["LANGUAGES"]]


def current() -> Language:
    """Return the language of this request: the address decides, then `lang`, then the default."""
    return Language.of(_requested())


def preferred() -> str:
    """Return the language to greet a newcomer in: what the browser asks for, else the default."""
    offered = current_app.config["LANGUAGES"]
    return request.accept_languages.best_match(offered) or offered[0]


def local_now() -> datetime:
    return datetime.now(ZONE)


def _requested() -> str:
    offered: tuple[str, ...] = current_app.config["LANGUAGES"]
    if not has_request_context():
        return offered[0]
    named = g.get("lang") or (request.view_args or {}).get("lang") or request.args.get("lang")
    wanted = named or request.path.split("/")[1]  # of an address that leads nowhere
    return wanted if wanted in offered else offered[0]


def long_date(value: date) -> str:
    """Return e.g. "Di., 24. November 2026"."""
    locale = get_locale()
    pattern = _LONG.get(locale.language if locale else "", "full")
    return str(format_date(_here(value), pattern, rebase=False))


def short_date(value: date) -> str:
    return str(format_date(_here(value), "medium", rebase=False))


def iso_day(text: str) -> str:
    """Return a day such as "2026-11-24" as people write it, any other text as it is."""
    try:
        return short_date(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text


def clock(value: time | datetime) -> str:
    """Return e.g. "15:00 Uhr" in German, "15:00" elsewhere."""
    shown = str(format_time(_here(value), "HH:mm", rebase=False))
    locale = get_locale()
    return f"{shown} Uhr" if locale and locale.language == "de" else shown


def _here(value: Any) -> Any:
    """Return a moment as the clocks of the region show it; days and plain times stay."""
    return value.astimezone(ZONE) if isinstance(value, datetime) and value.tzinfo else value


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=lambda: _requested().replace("-", "_"))
    for each in (long_date, short_date, iso_day, clock):
        app.jinja_env.filters[each.__name__] = each
    app.jinja_env.add_extension("jinja2.ext.i18n")

    @app.context_processor
    def language_names() -> dict[str, Any]:
        return {
            "language": current(),
            "languages": languages(),
            "unchecked": UNCHECKED in gettext(HEAD),
        }
