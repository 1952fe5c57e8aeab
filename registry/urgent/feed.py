"""Urgent notices as an Atom feed. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
# What people can type and a database can hold, but no XML document.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # of a feed that has had no entry yet


@dataclass(frozen=True)
class Item:
    """A notice in one language; its address is whole."""

    uuid: UUID
    title: str
    text: str
    language: str
    updated: datetime
    address: str
    category: str


@dataclass(frozen=True)
class Feed:
    """What stands above the items; `address` is the page they also stand on."""

    title: str
    author: str
    language: str
    own_address: str
    address: str


def atom(feed: Feed, items: Sequence[Item]) -> bytes:
    """Return the feed as an Atom 1.0 document."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language})
    _text(root, "id", feed.own_address)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max((item.updated for item in items), default=NEVER)))
    _text(ET.SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    _link(root, "self", feed.own_address)
    _link(root, "alternate", feed.address)
    for item in items:
        _entry(root, item)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: ET.Element, item: Item) -> None:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry", {f"{{{XML}}}lang": item.language})
    _text(entry, "id", f"urn:uuid:{item.uuid}")
    _text(entry, "title", item.title)
    _text(entry, "updated", _moment(item.updated))
    _link(entry, "alternate", item.address)
    ET.SubElement(entry, f"{{{ATOM}}}category", {"term": item.category})
    _text(entry, "summary", item.text)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = NOT_XML.sub("", text)


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address})


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
