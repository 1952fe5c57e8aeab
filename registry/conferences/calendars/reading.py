"""Answers that calendars send (RFC 5546, REPLY), read from a file or a mail. Pure.

Only so much is read: the calendar parts of the mail itself, not of mails within it, and in them the
events that stand in the calendar directly. Nothing is evaluated and nothing is looked up.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from enum import StrEnum
from urllib.parse import unquote

MOST_BYTES = 2_000_000  # of a mail
MOST_OF_CALENDAR = 200_000  # bytes
MOST_PARTS = 60
DEEPEST = 4
WINDOWS = "windows-1252"
CALENDARS = ("text/calendar", "application/ics")
_ONE_BYTE = re.compile(r"(iso-8859|windows)-\d{1,4}")
_LINE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)'
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)')


class Trouble(StrEnum):
    """Why nothing can be read from a file."""

    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NO_CALENDAR = "no_calendar"
    NO_REPLY = "no_reply"


class Unreadable(ValueError):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Attendee:
    """Somebody who answers, or is named in an answer; the address is in small letters."""

    address: str
    name: str
    status: str  # PARTSTAT
    delegated_to: str = ""


@dataclass(frozen=True)
class Said:
    """An answer about one event; without a `stamp` nobody knows when it was given."""

    uid: str
    sequence: int
    stamp: datetime | None
    attendees: tuple[Attendee, ...]


@dataclass(frozen=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str


def answers(data: bytes) -> list[Said]:
    """Return the answers in a calendar file or a mail; raises Unreadable where there are none."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Trouble.TOO_LARGE)
    if data.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        return list(_of_calendar(data))
    found = list(_calendars(data))
    if not found:
        raise Unreadable(Trouble.NO_CALENDAR)
    # Some send the same calendar twice in one mail: to be read, and as a file.
    return list(dict.fromkeys(said for each in found for said in _of_calendar(*each)))


def _calendars(data: bytes) -> Iterator[tuple[bytes, str]]:
    """Return the calendars of a mail, and what each says its characters are."""
    # Whatever nests needs a header that says so: more of them are not even parsed.
    if data.lower().count(b"content-type:") > MOST_PARTS:
        raise Unreadable(Trouble.TOO_DEEP)
    yield from _parts(message_from_bytes(data, policy=policy.compat32), 0)


def _parts(message: Message, depth: int) -> Iterator[tuple[bytes, str]]:
    if depth > DEEPEST:
        raise Unreadable(Trouble.TOO_DEEP)
    if message.get_content_type() in CALENDARS:
        yield bytes(message.get_payload(decode=True) or b""), message.get_content_charset("")
    elif message.get_content_maintype() == "multipart":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _of_calendar(data: bytes, charset: str = "") -> Iterator[Said]:
    if len(data) > MOST_OF_CALENDAR:
        raise Unreadable(Trouble.TOO_LARGE)
    # Unfolded before it is decoded: programs fold between the bytes of one character.
    unfolded = re.sub(rb"\n[ \t]", b"", data.replace(b"\r\n", b"\n"))
    lines = _decoded(unfolded, charset).removeprefix("\ufeff").split("\n")
    methods, events = _read(filter(None, map(_property, lines)))
    if methods != {"REPLY"}:
        raise Unreadable(Trouble.NO_REPLY)
    for event in events:
        yield _said(event)


def _decoded(data: bytes, charset: str) -> str:
    """Return text that is UTF-8, or what the mail says it is, or what Windows writes."""
    for each in ("utf-8", charset if _ONE_BYTE.fullmatch(charset) else WINDOWS):
        try:
            return data.decode(each)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(WINDOWS, "replace")


def _property(line: str) -> _Property | None:
    found = _LINE.fullmatch(line.rstrip("\r"))
    if not found:
        return None
    parameters = {name.upper(): value.strip('"') for name, value in _PARAMETER.findall(found[2])}
    return _Property(found[1].upper(), parameters, found[3].strip())


def _read(lines: Iterable[_Property]) -> tuple[set[str], list[list[_Property]]]:
    """Return the methods of a file, and what stands directly in each of its events."""
    inside: list[str] = []
    methods, events = set[str](), list[list[_Property]]()
    for each in lines:
        if each.name == "BEGIN":
            inside.append(each.value.upper())
            if len(inside) > DEEPEST:
                raise Unreadable(Trouble.TOO_DEEP)
            if inside == ["VCALENDAR", "VEVENT"]:
                events.append([])
        elif each.name == "END":
            inside = inside[:-1]
        elif inside == ["VCALENDAR", "VEVENT"]:
            events[-1].append(each)
        elif inside == ["VCALENDAR"] and each.name == "METHOD":
            methods.add(each.value.upper())
    return methods, events


def _said(event: list[_Property]) -> Said:
    first: dict[str, str] = {}
    for each in event:
        first.setdefault(each.name, each.value)
    number = first.get("SEQUENCE", "0")
    return Said(
        uid=first.get("UID", ""),
        sequence=int(number) if number.isdecimal() and len(number) < 10 else -1,
        stamp=_moment(first.get("DTSTAMP", "")),
        attendees=tuple(_attendee(each) for each in event if each.name == "ATTENDEE"),
    )


def _attendee(told: _Property) -> Attendee:
    return Attendee(
        address=_address(told.value),
        name=" ".join(told.parameters.get("CN", "").split())[:100],
        status=told.parameters.get("PARTSTAT", "NEEDS-ACTION").upper(),
        delegated_to=_address(told.parameters.get("DELEGATED-TO", "")),
    )


def _address(text: str) -> str:
    scheme, _colon, address = text.partition(":")
    return unquote(address).strip().casefold() if scheme.strip().lower() == "mailto" else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
