"""Uploaded files and reports that name a person, as privacy asks for them."""

import codecs
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import current_app

ENCODINGS = ("utf-8", "cp1252", "utf-16-le")
PIECE = 4 * 1024 * 1024  # bytes
LONGEST = 300  # letters of what is looked for: so much of each piece is looked at with the next


def find(names: Callable[[str], bool]) -> set[str]:
    """Return the names of the files in which a text names the person, in any encoding."""
    return {path.name for path in _files() if _is_in(path, names)}


def erase(files: set[str]) -> int:
    """Delete these files; an import that still needs one has to be begun anew."""
    found = [path for path in _files() if path.name in files]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _files() -> list[Path]:
    """Return what uploads have left, beside the database."""
    folder = current_app.config.get("IMPORT_DIR")
    there = Path(folder) if folder else None
    return [path for path in there.iterdir() if path.is_file()] if there and there.is_dir() else []


def _is_in(path: Path, names: Callable[[str], bool]) -> bool:
    """Search piece by piece, so that what lies on the border of two is found, too."""
    readers = [codecs.getincrementaldecoder(each)("ignore") for each in ENCODINGS]
    before = [""] * len(readers)
    for piece in _pieces(path):
        for number, reader in enumerate(readers):
            text = before[number] + reader.decode(piece)
            if names(text):
                return True
            before[number] = text[-LONGEST:]
    return False


def _pieces(path: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
        return
    with zipfile.ZipFile(path) as sheets:
        for name in sheets.namelist():
            with sheets.open(name) as file:
                while piece := file.read(PIECE):
                    yield piece
