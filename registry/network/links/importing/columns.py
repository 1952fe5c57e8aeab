"""The columns of a file of links, whatever offices and programs call them. Pure."""

from collections.abc import Mapping, Sequence

from registry.core.text import fold
from registry.network.state import Kind

TITLES = {
    "source": "Von",
    "target": "Nach",
    "kind": "Art",
    "intensity": "Stärke",
    "by": "Gemeldet von",
    "valid_from": "Seit",
    "valid_to": "Bis",
    "written": "Schriftlich",
    "field": "Handlungsfeld",
    "reported_on": "Gemeldet am",
    "by_source": "Sagt Von",
    "by_target": "Sagt Nach",
}
BESIDES = {"valid_from": "date", "valid_to": "date", "reported_on": "date", "written": "flag"}
# As our own export names them, where the two sides say different things.
BY_SIDE = [f"{side}_{key}" for side in ("source", "target") for key in BESIDES]
NEEDED = ("source", "target", "kind")
_OTHERS = {
    "source": "from; source; quelle; akteur; actor; organisation; erste seite; first side; id von",
    "target": "to; an; target; ziel; partner; mit; with; zweite seite; second side; id nach",
    "kind": "kind; art der zusammenarbeit; kind of cooperation; beziehung; verbindung; relation",
    "intensity": "intensity; intensität; strength; weight; gewicht; wie eng; how close",
    "by": "reported by; said by; melder; wer meldet",
    "valid_from": "since; valid from; gültig ab; gültig von; beginn; start",
    "valid_to": "until; valid to; gültig bis; ende; end",
    "written": "written; in writing; schriftlich vereinbart; agreed in writing; vertrag",
    "field": "field; feld; field of action",
    "reported_on": "reported on; gesagt am; said on; datum; date; stand",
    "by_source": "by source; sagt die erste seite",
    "by_target": "by target; sagt die zweite seite",
}
_KNOWN = {
    fold(word): key
    for key, title in TITLES.items()
    for word in (key, title, *_OTHERS[key].split("; "))
} | {fold(key): key for key in BY_SIDE}
KIND_WORDS = {
    Kind.REFERRAL: "Verweis; verweist an; Verweisung; Vermittlung; Weiterleitung; refers to",
    Kind.EXCHANGE: "Austausch; Informationsaustausch; Information; exchange",
    Kind.JOINT: "gemeinsames Angebot; gemeinsames Projekt; Projekt; Angebot; joint offer; project",
    Kind.FUNDING: "Finanzierung; Förderung; Auftrag; finanziert; beauftragt; contract; funds",
    Kind.SHARED: "Personal; Räume; Personal und Räume; Personal oder Räume; staff; rooms",
    Kind.WISH: "Wunsch; würden gern; möchte; would like",
}
BY_WORDS = {
    "by_source": "von; source; from; erste; erste seite; first side",
    "by_target": "nach; target; to; zweite; zweite seite; second side",
    "both": "beide; beiden; beide seiten; both; both sides",
}


def chosen(header: Sequence[str]) -> dict[str, int]:
    """Return where in a file each of our columns stands; of two that fit, the first."""
    found: dict[str, int] = {}
    for position, title in enumerate(header):
        key = _KNOWN.get(fold(title))
        if key and key not in found:
            found[key] = position
    return found


def cells(where: Mapping[str, int], row: Sequence[str]) -> dict[str, str]:
    """Return what a row says, by our columns; blanks do not count."""
    return {key: row[at].strip() for key, at in where.items() if at < len(row) and row[at].strip()}
