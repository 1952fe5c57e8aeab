"""All letters in one document: what stands before, each letter by splicing, what comes after.

Nothing is evaluated here: a placeholder's text is escaped and put into the run it stood in.
"""

import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from registry.conferences.letters.merging.templates import Template

TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
EMU = 36_000  # of a millimetre
PICTURES = {"qr": 26.0, "logo": 16.0}  # height in mm
WIDEST = 60.0
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ARABIC = re.compile(
    r"([\u0600-\u06ff\u0750-\u077f](?:[\u0600-\u06ff\u0750-\u077f\s]*[\u0600-\u06ff\u0750-\u077f])?)"
)
# Between letters: the section ends in a paragraph that takes no room.
_END = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr>{}</w:pPr></w:p>'
)


class _Pictures:
    """The pictures of a document: each is kept once, however often it is shown."""

    def __init__(self) -> None:
        self.of: dict[bytes, str] = {}

    def key(self, png: bytes) -> str:
        return self.of.setdefault(png, f"letter{len(self.of) + 1}")

    def relations(self) -> str:
        told = '<Relationship Id="{0}" Type="{1}" Target="media/{0}.png"/>'
        return "".join(told.format(key, IMAGE) for key in self.of.values())


def merged(
    template: Template,
    letters: Sequence[Mapping[str, str]],
    pictures: Sequence[Mapping[str, bytes]],
) -> bytes:
    """Return a DOCX with a letter for each of the facts; `pictures` are PNGs by placeholder."""
    kept, told, number = _Pictures(), [template.before], 0
    ending = _END.format(template.section) if template.section else _END.format("<w:sectPr/>")
    for at, (facts, shown) in enumerate(zip(letters, pictures, strict=True)):
        if at:
            told.append(ending)
        for piece in template.letter:
            if isinstance(piece, str):
                told.append(piece)
                continue
            name, look = piece
            number += 1
            if not name:
                told.append(f'id="{number}"')
            elif name in PICTURES:
                told.append(_picture(shown.get(name, b""), name, number, kept))
            else:
                told.append(runs(facts.get(name, ""), look))
    told += [template.section, template.after]
    return _packed(template, "".join(told), kept)


def runs(text: str, look: str) -> str:
    """Return a text as runs of a look: one for each line, and for each name in Arabic."""
    lines = _FORBIDDEN.sub("", text).split("\n")
    return f"<w:r>{look}<w:br/></w:r>".join(_line(line, look) for line in lines)


def _line(line: str, look: str) -> str:
    looks = (look, _leftwards(look))
    return "".join(
        f'<w:r>{looks[number % 2]}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for number, part in enumerate(_ARABIC.split(line))
        if part
    )


def _leftwards(look: str) -> str:
    """Return a look for what runs from right to left."""
    inside = look.removeprefix("<w:rPr>").removesuffix("</w:rPr>") if look != "<w:rPr />" else ""
    before, lang, after = inside.partition("<w:lang")
    return f"<w:rPr>{before}<w:rtl/>{lang}{after}</w:rPr>"


def _picture(png: bytes, name: str, number: int, kept: _Pictures) -> str:
    if not png:
        return ""
    across, down = struct.unpack(">II", png[16:24])
    height = PICTURES[name]
    width = min(WIDEST, height * across / down)
    size = f'cx="{int(width * EMU)}" cy="{int(width * down / across * EMU)}"'
    return (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{name}{number}" descr="{name}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic='
        '"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:embed="{kept.key(png)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _packed(template: Template, text: str, kept: _Pictures) -> bytes:
    parts = dict(template.parts)
    before, closed, _after = parts.get(RELATIONS, _NO_RELATIONS).rpartition(b"</Relationships>")
    parts[RELATIONS] = before + kept.relations().encode() + closed
    if b'Extension="png"' not in parts[TYPES]:
        parts[TYPES] = parts[TYPES].replace(b"</Types>", _PNG + b"</Types>")
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(TYPES, parts.pop(TYPES))  # the first, as programs expect
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.writestr("word/document.xml", _HEAD + text)
        for png, key in kept.of.items():
            archive.writestr(f"word/media/{key}.png", png, zipfile.ZIP_STORED)
    return file.getvalue()


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PNG = b'<Default Extension="png" ContentType="image/png"/>'
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
