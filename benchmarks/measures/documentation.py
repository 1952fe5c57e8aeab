"""The documentation of a conference of 200 people, 120 cards and 12 photos: PDF and DOCX."""

from datetime import date
from io import BytesIO

from PIL import Image

from benchmarks.measures.minutes import DAY, PEOPLE, ROUNDS, held
from benchmarks.registers import Sizes, asked
from benchmarks.table import Row, Wanted
from benchmarks.timing import medians
from registry.conferences.documentation import making
from registry.conferences.documentation.content import paper
from registry.conferences.models import Conference
from registry.conferences.wall.models import Photo, PhotoKind
from registry.core.db import db
from registry.core.documents import making as setting
from registry.core.documents import papers, word
from registry.core.documents.papers import Paper
from registry.core.i18n import local_now

PHOTOS, SIZE = 12, (1600, 1200)
PATIENCE = 10_000  # ms with a word that it takes a while
GOAL = 8


def measure(sizes: Sizes) -> list[Row]:
    """Measure both from the database on, beside what setting and writing take alone."""
    with asked(sizes.smallest):
        conference, at = _with_photos(), local_now()
        ready = _paper(conference)
        set_up = medians(
            ROUNDS,
            lambda: setting.pdf("paper", papers.data(_paper(conference)), at),
            lambda: setting.pdf("paper", papers.data(ready), at),
        )
        written = medians(ROUNDS, lambda: word.docx(_paper(conference)), lambda: word.docx(ready))
    wanted = Wanted("own", PATIENCE)
    what = "Documentation of 200 people and 12 photos as"
    return [
        Row(f"{what} PDF", *set_up, "typesetting alone", wanted, goal=GOAL, offers=PEOPLE),
        Row(f"{what} DOCX", *written, "writing alone", wanted, goal=GOAL, offers=PEOPLE),
    ]


def _paper(conference: Conference) -> Paper:
    db.session.expire_all()
    return paper(making.told(conference, None))


def _with_photos() -> Conference:
    made, content = held(), BytesIO()
    Image.effect_noise(SIZE, 40).convert("RGB").save(content, "JPEG", quality=85)
    for number in range(PHOTOS):
        db.session.add(_photo(made, number, content.getvalue(), DAY))
    db.session.flush()
    return made


def _photo(conference: Conference, number: int, content: bytes, day: date) -> Photo:
    return Photo(
        conference=conference,
        kind=PhotoKind.IMPRESSION,
        caption=f"Bild {number}",
        part="Arbeitsgruppen",
        credit="Landratsamt",
        consent="Alle am Konferenztag",
        width=SIZE[0],
        height=SIZE[1],
        content=content,
        brought_on=day,
    )
