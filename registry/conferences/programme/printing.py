"""The programme on paper and as a sheet; it is German, as all that the office prints."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from registry.conferences import german
from registry.conferences.decisions import carried
from registry.conferences.invitations.files import TYPES, as_xlsx
from registry.conferences.models import AgendaItem, Conference, ItemFormat
from registry.conferences.programme import timetable
from registry.conferences.programme.timetable import Line, Sheet
from registry.core.documents import making

XLSX = TYPES["xlsx"]
HEAD = [
    "Tag",
    "Beginn",
    "Ende",
    "Teil",
    "Titel",
    "Format",
    "Funktion",
    "Einrichtung",
    "Raum",
    "Beschreibung",
]
FORMATS = {
    ItemFormat.TALK: "Vortrag",
    ItemFormat.FORUM: "Forum",
    ItemFormat.EXPERTS: "Expertengespräch",
    ItemFormat.FISHBOWL: "Fishbowl",
    ItemFormat.WORLD_CAFE: "World-Café",
    ItemFormat.GROUP: "Arbeitsgruppe",
    ItemFormat.PLENARY: "Plenum",
    ItemFormat.PRACTICAL: "Praktische Anleitung",
    ItemFormat.BREAK: "Pause",
}


def xlsx(conference: Conference) -> bytes:
    """Return the programme as a workbook, a row for each item."""
    rows = [_row(sheet, line) for sheet in timetable.of(conference) for line in sheet.lines]
    return as_xlsx(HEAD, rows, "Programm")


def pdf(conference: Conference, at: datetime) -> bytes:
    """Return the programme as a tagged PDF."""
    return making.pdf("programme", content(conference), at)


def content(conference: Conference) -> dict[str, Any]:
    """Return what the printed programme says; `left` is what earlier conferences left open."""
    left, back = carried.lines(conference), carried.looks_back(conference)
    return {
        "title": f"Programm: {conference.title}",
        "region": german.place(conference.venue),
        "lang": "de",
        "rtl": False,
        "name": conference.title,
        "motto": conference.motto or "",
        "place": german.place(conference.venue),
        "example": conference.example,
        "cancelled": conference.cancelled_on is not None,
        "left_title": carried.LEFT,
        "left": [] if back else left,
        "days": [_day(each, back, left) for each in timetable.of(conference) if each.slots],
    }


def _day(sheet: Sheet, back: AgendaItem | None, left: Sequence[str]) -> dict[str, Any]:
    return {
        "name": german.day(sheet.day.day) if sheet.day else "",
        "slots": [
            {
                "time": span(slot.starts, slot.ends),
                "block": slot.block,
                "first": number == 0 or slot.block != sheet.slots[number - 1].block,
                "items": [
                    _item(each, slot.ends, left if each.item is back else ()) for each in slot.lines
                ],
            }
            for number, slot in enumerate(sheet.slots)
        ],
        "ends": f"Ende: {hour(sheet.ends)} Uhr" if sheet.ends else "",
    }


def _item(line: Line, ends: time | None, left: Sequence[str]) -> dict[str, Any]:
    item = line.item
    return {
        "title": item.title,
        "until": f"bis {hour(line.ends)} Uhr" if line.ends and line.ends != ends else "",
        "format": FORMATS.get(ItemFormat(item.format), "") if item.format else "",
        "who": ", ".join(part for part in (item.speaker, item.institution) if part),
        "room": item.room.name if item.room else "",
        "text": item.description or "",
        "basis": f"Grundlage: {item.basis}" if item.basis else "",
        "left": list(left),
    }


def _row(sheet: Sheet, line: Line) -> list[Any]:
    item = line.item
    return [
        f"{sheet.day.day:%d.%m.%Y}" if sheet.day else "",
        hour(line.starts),
        hour(line.ends),
        item.block or "",
        item.title,
        FORMATS.get(ItemFormat(item.format), "") if item.format else "",
        item.speaker or "",
        item.institution or "",
        item.room.name if item.room else "",
        item.description or "",
    ]


def span(starts: time | None, ends: time | None) -> str:
    """Return e.g. "15:00–15:15", what is not known left out."""
    return "–".join(part for part in (hour(starts), hour(ends)) if part)


def hour(value: time | None) -> str:
    return f"{value:%H:%M}" if value else ""
