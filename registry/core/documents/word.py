"""A paper as DOCX, with real headings, lists and tables, so that offices go on writing in it."""

import re
import zipfile
from io import BytesIO
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from registry.config import resource_dir
from registry.core.documents.papers import Block, Heading, Paper, Picture, Points, Table, Text

PLACES = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "relations.xml",
    "word/styles.xml": "styles.xml",
    "word/numbering.xml": "numbering.xml",
    "word/_rels/document.xml.rels": "document-relations.xml",
}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
UNKNOWN = re.compile("[^\\t\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
RELATIONS = "word/_rels/document.xml.rels"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PIXEL = 9525  # in the units of drawings, 914,400 to an inch, at 96 pixels
TEXT, TALLEST = 9638 * 635, 4_320_000  # how wide and tall a picture is at most: 12 cm
WIDTH = 9638  # of the text, in twentieths of a point: A4 less two margins of 20 mm
PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
    ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
NUMBER = (
    '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def docx(paper: Paper) -> bytes:
    """Return the file; the same paper gives the same bytes."""
    folder: Path = resource_dir("templates") / "papers"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in PLACES.items():
            content = (folder / source).read_text("utf-8")
            if name == RELATIONS:
                content = content.replace("</Relationships>", _relations(paper))
            archive.writestr(zipfile.ZipInfo(name), content)
        for number, picture in enumerate(_pictures(paper), 1):
            archive.writestr(zipfile.ZipInfo(f"word/media/{number}.jpeg"), picture.content)
        archive.writestr(zipfile.ZipInfo("docProps/core.xml"), _properties(paper))
        archive.writestr(zipfile.ZipInfo("word/footer1.xml"), _footer(paper))
        archive.writestr(zipfile.ZipInfo("word/document.xml"), _document(paper))
    return file.getvalue()


def _pictures(paper: Paper) -> list[Picture]:
    return [block for block in paper.blocks if isinstance(block, Picture)]


def _relations(paper: Paper) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    each = (
        f'<Relationship Id="rIdPicture{number}" Type="{kind}" Target="media/{number}.jpeg"/>'
        for number, _picture in enumerate(_pictures(paper), 1)
    )
    return "".join(each) + "</Relationships>"


def _document(paper: Paper) -> str:
    head = [_paragraph(paper.mark, "Mark")] if paper.mark else []
    head.append(_paragraph(paper.title, "Title"))
    head += [_paragraph(line, "Subtitle") for line in paper.lines]
    number = count(1)
    told = (
        _picture(each, next(number)) if isinstance(each, Picture) else _block(each)
        for each in paper.blocks
    )
    body = "".join(head) + "".join(told)
    return _xml("document", f"<w:body>{body}{PAGE}</w:body>")


def _picture(picture: Picture, number: int) -> str:
    """Return a picture in the line, as large as text and page allow, with its words."""
    scale = min(1, TEXT / (picture.width * PIXEL), TALLEST / (picture.height * PIXEL))
    size = [round(side * PIXEL * scale) for side in (picture.width, picture.height)]
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    name = f'id="{number}" name="{number}.jpeg" descr="{_escaped(picture.shows, quoted=True)}"'
    drawn = (
        f'<wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" distT="0" distB="0">'
        f"<wp:extent {extent}/>"
        f"<wp:docPr {name}/>"
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
    held = (
        '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr>'
        f"<w:r><w:drawing>{drawn}</w:drawing></w:r></w:p>"
    )
    return held + (_paragraph(picture.below, "Remark") if picture.below else "")


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return _paragraph(block.text, f"Heading{min(block.level, 3)}")
    if isinstance(block, Text):
        style = "Remark" if block.soft else "Normal"
        return "".join(_paragraph(line, style, strong=block.strong) for line in block.lines)
    if isinstance(block, Points):
        return "".join(_paragraph(item, "ListBullet") for item in block.items)
    assert isinstance(block, Table)  # noqa: S101 (pictures are drawn with their number)
    return _table(block)


def _table(table: Table) -> str:
    """Return a table with a head that is said again on every page, and an empty line after it."""
    whole = sum(table.shares)
    widths = [WIDTH * share // whole for share in table.shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
    )
    head = _row(table.head, widths, head=True)
    rows = "".join(_row(row, widths) for row in table.rows)
    shape = f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}"
    return f"<w:tbl>{look}{shape}</w:tbl>" + _paragraph("", "Normal")


def _row(cells: tuple[str, ...], widths: list[int], *, head: bool = False) -> str:
    first = "<w:tblHeader/>" if head else ""
    kept = f"<w:trPr><w:cantSplit/>{first}</w:trPr>"
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + "".join(_paragraph(line, "Cell", strong=head) for line in cell.splitlines() or [""])
        + "</w:tc>"
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{kept}{drawn}</w:tr>"


def _paragraph(text: str, style: str, *, strong: bool = False) -> str:
    look = "<w:rPr><w:b/><w:bCs/></w:rPr>" if strong else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _footer(paper: Paper) -> str:
    text = f'<w:r><w:t xml:space="preserve">{_escaped(paper.foot)}</w:t></w:r>'
    return _xml("ftr", f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{text}{NUMBER}</w:p>')


def _properties(paper: Paper) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_escaped(paper.name)}</dc:title>"
        f"<dc:language>{_escaped(paper.lang)}</dc:language></cp:coreProperties>"
    )


def _xml(root: str, inner: str) -> str:
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{start}<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def _escaped(text: str, *, quoted: bool = False) -> str:
    """Return text for XML, without the signs that XML cannot hold."""
    return escape(UNKNOWN.sub("", text), {'"': "&quot;"} if quoted else {})
