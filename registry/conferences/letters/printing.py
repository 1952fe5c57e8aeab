"""Letters, labels and badges as PDF: one document for all, or one for each in an archive."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from registry.conferences.letters import stationery
from registry.conferences.letters.content import Recipient
from registry.conferences.letters.queries import Badge
from registry.conferences.letters.services import Post
from registry.core.documents import making
from registry.core.text import fold

TEMPLATE = "letters"
NAME = 40  # characters of an organisation in the name of a file


def one_file(post: Post, at: datetime) -> Iterator[int | bytes]:
    """Yield how many letters are set, and last all as one PDF, each on sheets of its own."""
    return making.counted(TEMPLATE, post.document(at.date()), at, "letters")


def one_each(post: Post, at: datetime) -> Iterator[int | bytes]:
    """Yield how many letters are set, and last an archive with a PDF for each."""
    each = (replace(post, letters=[letter]).document(at.date()) for letter in post.letters)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        made = zip(post.letters, making.one_by_one(TEMPLATE, each, at), strict=True)
        for number, (letter, content) in enumerate(made, 1):
            archive.writestr(zipfile.ZipInfo(name_of(letter), at.timetuple()[:6]), content)
            yield number
    yield file.getvalue()


def last(steps: Iterable[int | bytes]) -> bytes:
    """Return the file at the end, where nobody is told how far it is."""
    return next(each for each in steps if isinstance(each, bytes))


def name_of(letter: Recipient) -> str:
    """Return the name of a letter's file, which every file system takes."""
    words = "-".join(fold(letter.organisation).split())
    kept = "".join(sign for sign in words if sign.isalnum() or sign == "-")
    return f"{letter.number:03d}-{kept[:NAME].strip('-') or 'brief'}.pdf"


def labels(rows: Sequence[Recipient], form: str, first: int, at: datetime) -> bytes:
    """Return sheets of labels; the first `first - 1` places of the first sheet stay empty."""
    return making.pdf("labels", stationery.labels(rows, stationery.LABELS[form], first), at)


def badges(rows: Sequence[Badge], title: str, form: str, at: datetime) -> bytes:
    return making.pdf("labels", stationery.badges(rows, title, stationery.BADGES[form]), at)
