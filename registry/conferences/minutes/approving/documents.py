"""Minutes as files: PDF, DOCX, and PDF/A with supplements and check sums for the e-file."""

from datetime import datetime

from registry.conferences.minutes import making, queries, sealing
from registry.conferences.minutes.models import Minutes, MinutesState
from registry.conferences.minutes.paper import bundle
from registry.core.documents import making as setting
from registry.core.documents import papers, word
from registry.core.documents.papers import File


def pdf(minutes: Minutes, at: datetime) -> bytes:
    return setting.pdf("paper", papers.data(making.paper_of(minutes)), at)


def docx(minutes: Minutes) -> bytes:
    return word.docx(making.paper_of(minutes))


def told(several: list[Minutes], at: datetime) -> bytes:
    """Return minutes and supplements in one PDF."""
    whole = bundle([making.paper_of(each) for each in several])
    return setting.pdf("paper", papers.data(whole), at)


def archive(minutes: Minutes, at: datetime) -> bytes | None:
    """Return approved minutes, their supplements, and what was hashed of each; None before that.

    The files inside name no person: the digests in them are those of names with a salt.
    """
    several = [
        each
        for each in queries.of_conference(minutes.conference)
        if each.state == MinutesState.APPROVED
    ]
    if minutes not in several:
        return None
    files = [_hashed(each, number) for number, each in enumerate(several)]
    sums = "".join(f"{each.digest}  {_name(number)}\n" for number, each in enumerate(several))
    files.append(File("SHA256SUMS", sums, "text/plain", "Prüfsummen"))
    whole = bundle([making.paper_of(each) for each in several])
    return setting.archived("paper", papers.data(whole, files), at)


def _hashed(minutes: Minutes, number: int) -> File:
    text = sealing.canonical(minutes.content or {})
    return File(_name(number), text, "application/json", "Inhalt, aus dem die Prüfsumme ist")


def _name(number: int) -> str:
    return f"nachtrag-{number}.json" if number else "protokoll.json"
