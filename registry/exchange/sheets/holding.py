"""Uploaded files and reports that name a person, as privacy asks for them."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from flask import current_app

ENCODINGS = ("utf-8", "cp1252", "utf-16-le")
PIECE = 4 * 1024 * 1024  # bytes


def ids(address: str) -> set[str]:
    """Return the names of the files in which the address stands."""
    needles = _needles(address)
    return {path.name for path in _files() if _is_in(path, needles)}


def erase(address: str) -> int:
    """Delete these files; an import that still needs one has to be begun anew."""
    needles = _needles(address)
    found = [path for path in _files() if _is_in(path, needles)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _files() -> list[Path]:
    """Return what uploads have left, beside the database."""
    folder = current_app.config.get("IMPORT_DIR")
    there = Path(folder) if folder else None
    return [path for path in there.iterdir() if path.is_file()] if there and there.is_dir() else []


def _needles(address: str) -> set[bytes]:
    return {address.strip().lower().encode(each, "ignore") for each in ENCODINGS}


def _is_in(path: Path, needles: set[bytes]) -> bool:
    """Search piece by piece, so that a needle on the border of two is found, too."""
    before, longest = b"", max(map(len, needles))
    for piece in _pieces(path):
        text = (before + piece).lower()
        if any(needle in text for needle in needles):
            return True
        before = text[-longest:]
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
