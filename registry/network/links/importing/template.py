"""An empty table of links to fill in, with examples and what its columns mean."""

from io import BytesIO

import xlsxwriter
from flask_babel import gettext as _

from registry.network.links.importing.columns import NEEDED, TITLES
from registry.network.wording import INTENSITIES, KINDS

_SHOWN = [key for key in TITLES if not key.startswith("by_")]
_EXAMPLES = {
    "source": "Musterverband",
    "target": "Musterverein",
    "kind": "Verweis",
    "intensity": "2",
    "by": "beide",
    "valid_from": "01.03.2025",
    "written": "ja",
    "reported_on": "24.11.2026",
}


def template() -> bytes:
    """Return the table as XLSX."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        bold, text = book.add_format({"bold": True, "bottom": 1}), book.add_format()
        text.set_num_format("@")
        page = book.add_worksheet(_("Template"))
        page.freeze_panes(1, 0)
        for number, key in enumerate(_SHOWN):
            page.set_column(number, number, 20, text)
            page.write_string(0, number, TITLES[key], bold)
            page.write_string(1, number, _EXAMPLES.get(key, ""), text)
        meanings = book.add_worksheet(_("Explanations"))
        meanings.set_column(0, 1, 40)
        for line, (key, told) in enumerate(explained().items()):
            meanings.write_string(line, 0, TITLES[key], bold)
            meanings.write_string(line, 1, told)
    return file.getvalue()


def explained() -> dict[str, str]:
    """Return what each column holds, in the order of the template."""
    close = "; ".join(f"{key} {word}" for key, word in INTENSITIES.items())
    day = _("A date, as 24.11.2026; may be empty")
    known = {
        "source": _("The name, short name or id of an actor of the register"),
        "target": _("The name, short name or id of an actor of the register"),
        "kind": "; ".join(map(str, KINDS.values())),
        "intensity": _("%(words)s; empty means 1", words=close),
        "by": _("von, nach, beide, or the name of one of the two; empty means von"),
        "valid_from": day,
        "valid_to": day,
        "written": _("ja or nein; empty means unknown"),
        "field": _("A field of action; may be empty"),
        "reported_on": _("A date, as 24.11.2026; empty means today"),
    }
    needed = _("needed")
    return {key: f"{known[key]} ({needed})" if key in NEEDED else str(known[key]) for key in _SHOWN}
