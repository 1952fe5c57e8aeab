"""Take a DOCX template apart. Runs alone in a process of its own, which trusts nothing.

Reads the file from standard input and writes JSON: the other parts as they are, and the text as
pieces between which the placeholders stand, each with the look of the run it was in; or
{"refused": code, "names": […]}. It imports nothing of the register, knows no address and no key,
and ends where memory, seconds or unpacked bytes go beyond limits. Nothing of a template is ever
evaluated: a placeholder is a name, and what comes in its place is text.
"""

import base64
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 15  # of the processor
UNPACKED = 40 * 1024 * 1024  # bytes
PARTS = 500
TEXT = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MARK = "\ue000"
PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_DEFINED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ACTIVE = re.compile(r"vbaProject|activeX|/embeddings/|\.bin$", re.IGNORECASE)
# Fields that fetch or start something when the document is opened.
_FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDE\w*|IMPORT|LINK|DATABASE|MACROBUTTON|EMBED)\b")
_DROPPED = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr")}
_FILLED = re.compile(
    r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|<w:rPr />)?"
    rf"<w:t[^>]*>{MARK}([^<]*?){MARK}</w:t></w:r>"
    r'|(?<=<wp:docPr )id="[^"]*"'
)


class Refused(Exception):
    """The template is not taken: a code that somebody else words, and names it is about."""

    def __init__(self, code: str, *names: str) -> None:
        super().__init__(code)
        self.names = names


def main() -> int:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    try:
        told: dict[str, Any] = _taken_apart(sys.stdin.buffer.read())
    except Refused as error:
        told = {"refused": str(error), "names": error.names}
    except MemoryError:
        told = {"refused": "too_large", "names": []}
    except Exception:
        told = {"refused": "broken", "names": []}
    json.dump(told, sys.stdout)
    return 0


def _taken_apart(file: bytes) -> dict[str, Any]:
    parts = _unpacked(file)
    for name, content in parts.items():
        _inspect(name, content)
    root = _read(parts.pop(TEXT))
    _check_fields(root)
    names = _prepare(root)
    pieces, section = _divided(root)
    others = {name: base64.b64encode(content).decode() for name, content in parts.items()}
    return {"parts": others, "pieces": pieces, "section": section, "names": names}


def _unpacked(file: bytes) -> dict[str, bytes]:
    try:
        archive = zipfile.ZipFile(BytesIO(file))
    except zipfile.BadZipFile:
        raise Refused("no_document") from None
    names, unpacked, found = archive.namelist(), 0, dict[str, bytes]()
    if len(names) > PARTS or not {"[Content_Types].xml", TEXT} <= {*names}:
        raise Refused("no_document")
    for name in names:
        with archive.open(name) as part:
            content = part.read(UNPACKED - unpacked + 1)
        unpacked += len(content)
        if unpacked > UNPACKED:
            raise Refused("too_large")
        if not name.endswith("/"):
            found[name] = content
    return found


def _inspect(name: str, content: bytes) -> None:
    """Refuse what acts by itself, fetches from elsewhere, or holds placeholders nobody fills."""
    if _ACTIVE.search(name) or b"macroEnabled" in content:
        raise Refused("active")
    if not name.endswith((".xml", ".rels")):
        return
    # In an encoding of two bytes a definition would not be recognised.
    if _DEFINED.search(content) or b"\x00" in content[:64]:
        raise Refused("definitions")
    if name.endswith(".rels"):
        _check_relations(content)
    elif name != TEXT and name.startswith("word/"):
        root = ET.fromstring(content)  # noqa: S314 (no definitions, within limits)
        _check_fields(root)
        if found := _names("".join(root.itertext())):
            raise Refused("elsewhere", *found)


def _check_relations(content: bytes) -> None:
    for each in ET.fromstring(content):  # noqa: S314 (no definitions, within limits)
        outside = each.get("TargetMode", "").lower() == "external"
        if outside and not each.get("Type", "").endswith("/hyperlink"):
            raise Refused("fetches")


def _read(content: bytes) -> ET.Element:
    """Return the text with the prefixes it was written with: programs ask for them by name."""
    root, spaces = None, dict[str, str]()
    for event, item in ET.iterparse(BytesIO(content), ("start-ns", "start")):  # noqa: S314
        if event == "start-ns":
            spaces.setdefault(*item)
        elif root is None:
            root = item
    if root is None or root.tag != f"{W}document":
        raise Refused("no_document")
    for prefix, uri in {**spaces, "w": W[1:-1]}.items():
        if not re.fullmatch(r"ns\d+", prefix):
            ET.register_namespace(prefix, uri)
    ignorable = root.attrib.pop(f"{MC}Ignorable", "").split()
    _strip(root, {f"{{{spaces.get(prefix, '')}" for prefix in ignorable})
    return root


def _strip(root: ET.Element, ignorable: set[str]) -> None:
    """Take out what may be ignored, and what must not occur twice in a document."""

    def may_go(name: str) -> bool:
        return name.partition("}")[0] in ignorable or name in _DROPPED

    for each in root.iter():
        for name in [name for name in each.attrib if may_go(name)]:
            del each.attrib[name]
        for child in [child for child in each if may_go(child.tag)]:
            each.remove(child)


def _check_fields(root: ET.Element) -> None:
    told = "".join(each.text or "" for each in root.iter(f"{W}instrText"))
    simple = (each.get(f"{W}instr", "") for each in root.iter(f"{W}fldSimple"))
    if _FETCHING.search(" ".join([told, *simple])) or root.find(f".//{W}altChunk") is not None:
        raise Refused("fetches")


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(match[1] for match in PLACEHOLDER.finditer(text)))


def _prepare(root: ET.Element) -> list[str]:
    """Let every placeholder stand in a run of its own; return their names."""
    found = dict[str, None]()
    for paragraph in list(root.iter(f"{W}p")):
        texts = [t for run in _runs(paragraph) for t in run.iter(f"{W}t")]
        found |= dict.fromkeys(_gather(texts))
    around = {child: parent for parent in root.iter() for child in parent}
    for run in list(root.iter(f"{W}r")):
        if any(PLACEHOLDER.search(t.text or "") for t in run.findall(f"{W}t")):
            parent = around[run]
            at = list(parent).index(run)
            parent[at : at + 1] = list(_split(run))
    return list(found)


def _runs(node: ET.Element) -> Iterator[ET.Element]:
    """Yield the runs of a paragraph, not those of paragraphs inside of it."""
    for child in node:
        if child.tag == f"{W}r":
            yield child
        elif child.tag != f"{W}p":
            yield from _runs(child)


def _gather(texts: list[ET.Element]) -> list[str]:
    """Put each placeholder whole into the text where it begins; word processors tear them up."""
    whole = "".join(each.text or "" for each in texts)
    spans = [(m.start(), m.end()) for m in PLACEHOLDER.finditer(whole)]
    at, rest = 0, list[tuple[int, int, ET.Element]]()
    for each in texts:
        rest.append((at, at + len(each.text or ""), each))
        at = rest[-1][1]
    for begins, ends, each in rest:
        said = ""
        for place in range(begins, ends):
            span = next((s for s in spans if s[0] <= place < s[1]), None)
            if span is None:
                said += whole[place]
            elif span[0] == place:
                said += whole[span[0] : span[1]]
        each.text = said
        each.set(SPACE, "preserve")
    return _names(whole)


def _split(run: ET.Element) -> Iterator[ET.Element]:
    look = run.find(f"{W}rPr")
    for child in run:
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t":
            yield _run(look, child)
            continue
        for number, said in enumerate(PLACEHOLDER.split(child.text or "")):
            if said:
                text = ET.Element(f"{W}t", {SPACE: "preserve"})
                text.text = f"{MARK}{said}{MARK}" if number % 2 else said
                yield _run(look, text)


def _run(look: ET.Element | None, child: ET.Element) -> ET.Element:
    made = ET.Element(f"{W}r")
    made.extend([child] if look is None else [look, child])
    return made


def _divided(root: ET.Element) -> tuple[list[Any], str]:
    """Return the text in pieces: XML, or a name and a look; and the section all letters get.

    The first piece is what stands before the first letter, the last what follows the last one.
    """
    body = root.find(f"{W}body")
    if body is None:
        raise Refused("no_document")
    section = body.find(f"{W}sectPr")
    told = ""
    if section is not None:
        body.remove(section)
        for each in section.findall(f"{W}type"):
            section.remove(each)
        told = ET.tostring(section, encoding="unicode")
    before, opened, rest = ET.tostring(root, encoding="unicode").partition("<w:body>")
    inside, closed, after = rest.rpartition("</w:body>")
    if not opened or not closed:
        raise Refused("no_document")
    pieces, at = list[Any](), 0
    for match in _FILLED.finditer(inside):
        pieces += [inside[at : match.start()], [match[2] or "", match[1] or ""]]
        at = match.end()
    return [before + opened, *pieces, inside[at:], closed + after], told


if __name__ == "__main__":
    sys.exit(main())
