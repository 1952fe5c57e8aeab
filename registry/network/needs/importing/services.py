"""Trying a table of needs, and taking it in: the same verdicts, in one transaction."""

from collections import Counter
from pathlib import Path

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.core.errors import Invalid
from registry.core.text import fold
from registry.exchange.sheets import reading, stock
from registry.exchange.sheets.words import Meanings, Words
from registry.network.needs import queries, services
from registry.network.needs.importing.judging import (
    NEEDED,
    TITLES,
    Known,
    Name,
    Plan,
    chosen,
    judge,
    name_of,
)
from registry.network.needs.models import Need
from registry.network.needs.schemas import NeedSchema
from registry.regions import queries as regions

MOST = 2000  # rows that somebody waits for in front of a page


def try_file(who: Who, region: str, file: Path) -> list[Plan]:
    """Return what each row of a CSV or XLSX file would do; writes nothing."""
    require(who, Permission.NETWORK_EDIT, In(region))
    return _plans(region, file, _present(region))


def take_in(who: Who, region: str, file: Path) -> Counter[str]:
    """Enter what the good rows of a file say; return how many rows by verdict."""
    require(who, Permission.NETWORK_EDIT, In(region))
    present = _present(region)
    plans = _plans(region, file, present)
    for plan in plans:
        if plan.verdict == "new":
            services.enter(who, region, plan.data)
        elif plan.verdict == "changed":
            need = present[plan.name]
            services.change(who, need.uuid, need.version, plan.data)
    return Counter(plan.verdict for plan in plans)


def _present(region: str) -> dict[Name, Need]:
    return {name_of(_told(need)): need for need in queries.load_all(region)}


def _plans(region: str, file: Path, present: dict[Name, Need]) -> list[Plan]:
    words = stock.words(region)
    needs = {name: _told(need) for name, need in present.items()}
    known = Known(region, words.terms, _places(words, region), stock.reader(words), needs)
    found: list[Plan] = []
    with reading.opened(file) as source:
        where = chosen(source.header)
        if missing := [TITLES[key] for key in NEEDED if key not in where]:
            message = _("These columns are missing: %(names)s", names=", ".join(missing))
            raise Invalid({"file": [message]})
        for plan in judge(source.lines, where, known):
            if len(found) == MOST:
                raise Invalid({"file": [reading.reason("too_many_rows")]})
            found.append(plan)
    return found


def _places(words: Words, region: str) -> Meanings:
    """Return what names of places mean: municipalities of the region, and the whole of it."""
    whole = {fold(name): ags for ags, name in regions.names([region]).items()}
    return Meanings(words.regions.labels, {**whole, **words.regions.keys})


def _told(need: Need) -> dict[str, object]:
    """Return what a need says as the form would load it."""
    schema = NeedSchema(audience="office")
    loaded: dict[str, object] = schema.load(schema.dump(need))
    return loaded
