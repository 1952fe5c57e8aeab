"""What a finding says: a plain sentence made of its inputs, in the language of the page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from registry.network.findings import queries
from registry.network.findings.models import Decision, Finding
from registry.network.trust import Trust
from registry.network.wording import KINDS
from registry.regions import queries as regions
from registry.texts.pages import shown
from registry.vocabulary.pages import label

Facts = Mapping[str, Any]
TITLES: dict[str, Any] = {
    "few_answers": _l("Few answers"),
    "unknown": _l("Unknown actors"),
    "isolated": _l("Without a partner"),
    "broker": _l("Connects others"),
    "failing": _l("Single point of failure"),
    "parts": _l("Separate groups"),
    "contested": _l("Contested cooperation"),
    "same_offers": _l("Offers that are alike"),
    "overlapping": _l("Bodies that overlap"),
    "no_body": _l("Fields without a body"),
    "open_cell": _l("Open need"),
    "one_provider": _l("Only one provider"),
    "meeting": _l("Who should meet"),
}
STATES: dict[str, Any] = {
    Decision.NEW: _l("new"),
    Decision.TOPIC: _l("accepted as a topic"),
    Decision.DISMISSED: _l("dismissed"),
    queries.GONE: _l("no longer found"),
}
BANDS = {"morning": _l("morning"), "afternoon": _l("afternoon"), "evening": _l("evening")}
_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Names:
    """What public ids and AGS keys are called."""

    actors: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def offer(self, key: str) -> str:
        return shown(self.offers[key]).body if key in self.offers else _("an offer that is gone")

    def body(self, key: str) -> str:
        return self.bodies.get(key) or _("a body that is gone")


@dataclass(frozen=True)
class Told:
    """A finding as people read it; `actors` are those it names that are still there, by name."""

    row: Finding
    title: str
    sentence: str
    actors: tuple[tuple[str, str], ...]
    trust: Trust


def told(rows: Iterable[Finding]) -> list[Told]:
    """Return findings in words; all names are asked for at once."""
    found = list(rows)
    names = _names([row.facts for row in found])
    return [_told(row, names) for row in found]


def _told(row: Finding, names: Names) -> Told:
    keys = row.facts.get("actors", ())
    rests = (row.facts.get(name, 0) for name in Trust.__dataclass_fields__)
    return Told(
        row,
        str(TITLES.get(row.kind, row.kind)),
        SENTENCES[row.kind](row.facts, names) if row.kind in SENTENCES else "",
        tuple((key, names.actors[key]) for key in keys if key in names.actors),
        Trust(*rests),
    )


def _names(facts: list[Facts]) -> Names:
    def all_of(name: str) -> set[str]:
        return {key for each in facts for key in each.get(name, ())}

    return Names(
        actors=queries.actor_names(all_of("actors")),
        bodies=queries.body_names(all_of("bodies")),
        offers=queries.offer_titles(all_of("offers")),
        places=regions.names({each["place"] for each in facts if each.get("place")}),
    )


def _few_answers(facts: Facts, _names: Names) -> str:
    if not facts["asked"]:
        return _("Nobody has been asked for partners yet, so nothing can be compared.")
    return ngettext(
        "Of %(num)s actor asked, %(answered)s answered: too few to say who connects others.",
        "Of %(num)s actors asked, %(answered)s answered: too few to say who connects others.",
        facts["asked"],
        answered=facts["answered"],
    )


def _unknown(facts: Facts, _names: Names) -> str:
    return ngettext(
        "Of %(num)s actor nobody knows whom it works with: it has not answered, and nobody names"
        " it.",
        "Of %(num)s actors nobody knows whom they work with: they have not answered, and nobody"
        " names them.",
        len(facts["actors"]),
    )


def _isolated(_facts: Facts, _names: Names) -> str:
    return _("No cooperation is reported; its answers are there.")


def _broker(_facts: Facts, _names: Names) -> str:
    return _("Connects groups that have hardly any other contact: if it fails, the way is missing.")


def _failing(facts: Facts, _names: Names) -> str:
    return ngettext(
        "If this actor falls away, %(num)s actor loses the connection.",
        "If this actor falls away, %(num)s actors lose the connection.",
        facts["lost"],
    )


def _parts(facts: Facts, _names: Names) -> str:
    sizes = ", ".join(map(str, facts["sizes"]))
    return ngettext(
        "%(num)s group without a link to others (actors: %(sizes)s).",
        "%(num)s groups without a link between them (actors: %(sizes)s).",
        len(facts["sizes"]),
        sizes=sizes,
    )


def _contested(facts: Facts, _names: Names) -> str:
    kinds = ", ".join(str(KINDS[kind]) for kind in facts["kinds"])
    return _("One side reports cooperation, the other says there is none: %(kinds)s.", kinds=kinds)


def _same_offers(facts: Facts, names: Names) -> str:
    one, other = (names.offer(key) for key in facts["offers"])
    weekday, band = facts["slots"][0]
    return _(
        "Two providers, to be checked: “%(first)s” and “%(second)s” in %(place)s, both on"
        " %(weekday)s (%(band)s). Both may be needed.",
        first=one,
        second=other,
        place=names.places.get(facts["place"], facts["place"]),
        weekday=format_date(_MONDAY + timedelta(days=weekday), "EEEE"),
        band=BANDS[band],
    )


def _overlapping(facts: Facts, names: Names) -> str:
    one, other = (names.body(key) for key in facts["bodies"])
    return _(
        "%(first)s and %(second)s share %(shared)s of %(members)s members.",
        first=one,
        second=other,
        shared=facts["shared"],
        members=facts["members"],
    )


def _no_body(facts: Facts, _names: Names) -> str:
    fields = "; ".join(label("field", key).body for key in facts["fields"])
    return _("No body deals with: %(fields)s.", fields=fields)


def _needed(facts: Facts, names: Names) -> str:
    about = [
        label(scheme, facts[scheme]).body
        for scheme in ("field", "language", "target_group")
        if facts.get(scheme)
    ]
    place = names.places.get(facts["place"], facts["place"])
    return ", ".join([*about, place])


def _open_cell(facts: Facts, names: Names) -> str:
    needed = _needed(facts, names)
    if facts["persons"] is None:
        return _("%(needed)s: needed, and there is no offer.", needed=needed)
    return ngettext(
        "%(needed)s: %(num)s person, no offer.",
        "%(needed)s: %(num)s persons, no offer.",
        facts["persons"],
        needed=needed,
    )


def _one_provider(facts: Facts, names: Names) -> str:
    return _("%(needed)s: if this provider fails, there is no offer.", needed=_needed(facts, names))


def _meeting(facts: Facts, names: Names) -> str:
    return _(
        "%(needed)s: nobody offers it. One of them works in this field, the other is there, and"
        " they have no link so far.",
        needed=_needed(facts, names),
    )


SENTENCES: dict[str, Callable[[Facts, Names], str]] = {
    "few_answers": _few_answers,
    "unknown": _unknown,
    "isolated": _isolated,
    "broker": _broker,
    "failing": _failing,
    "parts": _parts,
    "contested": _contested,
    "same_offers": _same_offers,
    "overlapping": _overlapping,
    "no_body": _no_body,
    "open_cell": _open_cell,
    "one_provider": _one_provider,
    "meeting": _meeting,
}
