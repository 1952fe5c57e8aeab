"""The network on a sheet of A3, as SVG, PNG or PDF."""

from dataclasses import asdict
from io import BytesIO
from typing import Any

from flask import Response, send_file
from flask_babel import gettext as _

from registry.core import i18n
from registry.core.documents import making
from registry.core.errors import Invalid
from registry.core.listing import one_of
from registry.network import wording
from registry.network.drawing.poster import Words, lettered
from registry.network.drawing.poster import poster as sheet
from registry.network.pages import pages
from registry.network.viewing import View, category_marks, view
from registry.regions import queries as regions
from registry.vocabulary import queries as vocabulary

KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@pages.get("/<lang>/office/network/poster")
def poster(lang: str) -> Any:
    """Hand out what the picture shows, with all that is needed to read it."""
    asked = view()
    if asked.too_many:
        raise Invalid({"field": [_("These are too many actors for one picture.")]})
    kind = one_of("format", KINDS) or "pdf"
    name = f"{_('Network')} {asked.whole.day.isoformat()}.{kind}"
    return _file(drawn(asked, kind), KINDS[kind], name)


def drawn(asked: View, kind: str) -> bytes:
    """Return the sheet in one of `KINDS`; whoever asks has seen that there are not too many."""
    words = _words(asked)
    if kind == "svg":
        return sheet(asked.scene, words).encode()
    made = {"pdf": making.pdf, "png": making.png}[kind]
    return made("network", _laid_out(asked, words), i18n.local_now())


def _words(asked: View) -> Words:
    region = regions.region(asked.whole.region) if asked.whole.region else None
    present = {dot.node.category for dot in asked.scene.dots}
    day = i18n.short_date(asked.whole.day)
    return Words(
        title=_("Network") + (f" {region.name}" if region else ""),
        subtitle=f"{_part(asked)} · {_('as of %(date)s', date=day)}",
        headings={key: str(words) for key, words in wording.ROWS.items()},
        legend=_("What the symbols mean"),
        categories=[
            (_category(key), mark) for key, mark in category_marks().items() if key in present
        ],
        states={key: str(words) for key, words in wording.LINK_STATES.items()},
        thickness=_("The thicker the line, the closer they work together"),
        direction=_("Arrow: who refers people, or funds, points to the other"),
        facts=_facts(asked),
        example=_("Example data") if any(dot.node.example for dot in asked.scene.dots) else "",
    )


def _part(asked: View) -> str:
    """Say what of the network is shown."""
    tag = i18n.current().tag
    field = vocabulary.term("field", asked.field) if asked.field else None
    parts = [
        str(wording.KINDS[asked.kind]) if asked.kind else _("all cooperation, mixed"),
        field.label(tag).body if field else "",
        regions.names([asked.municipality]).get(asked.municipality, ""),
        f"{_('Only around')} {asked.focus.name}" if asked.focus else "",
        _("without %(name)s", name=asked.without.name) if asked.without else "",
    ]
    return " · ".join(part for part in parts if part)


def _category(key: str | None) -> str:
    term = vocabulary.term("category", key) if key else None
    return term.label(i18n.current().tag).body if term else _("without a category")


def _facts(asked: View) -> list[str]:
    trust = asked.trust
    said = (
        _("Answers from %(answered)s of %(asked)s", answered=trust.answered, asked=trust.asked)
        if trust.asked
        else _("Nobody has been asked yet")
    )
    facts = [f"{_('Counted if')}: {wording.RULES[asked.rule]}.", f"{said}."]
    if trust.pairs:
        agreed = _(
            "both sides confirm %(confirmed)s of %(pairs)s links",
            confirmed=trust.confirmed,
            pairs=trust.pairs,
        )
        facts[-1] = f"{said}; {agreed}."
    return [*facts, _("Many links are not a value in themselves: each costs time.")]


def _laid_out(asked: View, words: Words) -> dict[str, Any]:
    """Return what the template of the sheet needs."""
    language = i18n.current()
    svg, texts = lettered(asked.scene, words)
    return {
        "title": words.title,
        "alt": f"{words.title}: {words.subtitle}",
        "svg": svg,
        "texts": [asdict(each) for each in texts],
        "lang": language.tag,
        "rtl": language.direction == "rtl",
    }


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
