"""Handing the network out in a format of other programs, and looking at a file of theirs."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from flask_babel import gettext as _

from registry.access.permissions import Permission
from registry.access.policy import In, Who, require
from registry.core.errors import Invalid
from registry.exchange.sheets import uploads
from registry.network.analysis import Figures, figures
from registry.network.exchange.described import title, words
from registry.network.exchange.receiving import received
from registry.network.formats.tables import Choice, tables
from registry.network.formats.writing import ENDINGS, WRITERS
from registry.network.queries import load_state

MOST = 5000  # actors whose figures somebody waits for in front of a page


@dataclass(frozen=True)
class Handed:
    """A finished file; `name` is what it is called where it is saved."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Looked:
    """The figures of a file, and the names of its actors by their ids."""

    figures: Figures
    names: dict[str, str]
    directed: bool


def hand_out(who: Who, region: str, day: date, choice: Choice, form: str) -> Handed:
    """Return the network of a region on a day in one of `WRITERS`."""
    require(who, Permission.NETWORK_READ, In(region))
    state = load_state(region, day)
    made = tables(state, choice, title(region), words(state))
    return Handed(f"network-{region}-{day}.{ENDINGS.get(form, form)}", WRITERS[form](made))


def look_at(who: Who, stream: IO[bytes]) -> Looked:
    """Return the figures of a GraphML file; nothing of it is kept."""
    require(who, Permission.NETWORK_READ, None)
    with NamedTemporaryFile(dir=uploads.folder()) as file:
        while piece := stream.read(uploads.CHUNK):
            file.write(piece)
        file.flush()
        found, names = received(Path(file.name))
    if len(found) > MOST:
        raise Invalid(
            {"file": [_("This network has more than 5,000 actors. Please use the command.")]}
        )
    return Looked(figures(found), names, found.is_directed())
