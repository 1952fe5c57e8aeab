"""The template that letters are merged with until the office brings one of its own.

It is also what the office takes to begin with. Its places are those of DIN 5008, form B.
"""

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

from registry.config import resource_dir

PLACES = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "relations.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
    "word/header1.xml": "marks.xml",
    "word/_rels/document.xml.rels": "document-relations.xml",
}


@cache
def docx() -> bytes:
    """Return the example as a DOCX file."""
    folder: Path = resource_dir("templates") / "letters"
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in PLACES.items():
            archive.writestr(zipfile.ZipInfo(name), (folder / source).read_bytes())
    return file.getvalue()
