"""Files for translation offices: XLIFF 1.2, which every tool takes, and XLSX."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from registry.exchange.files import private_text
from registry.exchange.sheets.reports import table
from registry.texts.translated import SOURCE
from registry.translating.offices.ids import TextId, writable

ID, GERMAN, CHECKED = "id", SOURCE, "ok"
FORMS = ("xliff", "xlsx")
_STATES = {
    "missing": "needs-translation",
    "outdated": "needs-adaptation",
    "machine": "needs-review-translation",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
    '<file original="texts" source-language="de" target-language={} datatype="plaintext">\n<body>\n'
)
_UNIT = (
    '<trans-unit id={id} resname={name} maxwidth="{limit}" size-unit="char" xml:space="preserve">\n'
    '<source xml:lang="de">{german}</source>\n'
    '<target xml:lang={language} state="{state}">{body}</target>\n'
    "<note>{name_text}</note>\n</trans-unit>\n"
)


@dataclass(frozen=True)
class Text:
    """A text to be translated; `entry` and `label` tell people what it is."""

    id: TextId
    entry: str
    label: str
    german: str
    body: str
    state: str
    limit: int


class Writer(Protocol):
    def __call__(self, path: Path, language: str, texts: Iterable[Text]) -> int:
        """Write texts to a private file and return how many."""


def write_xliff(path: Path, language: str, texts: Iterable[Text]) -> int:
    count, tag = 0, quoteattr(language)
    with private_text(path) as file:
        file.write(_HEAD.format(tag))
        for text in texts:
            file.write(_unit(text, tag))
            count += 1
        file.write("</body>\n</file>\n</xliff>\n")
    return count


def write_xlsx(path: Path, language: str, texts: Iterable[Text]) -> int:
    """Write a table; what is typed below "ok" says that a translation fits as it is."""
    count = 0
    with table(path, "xlsx", language) as rows:
        rows.write([ID, "Eintrag", "Feld", "Stand", GERMAN, language.lower(), CHECKED])
        for text in texts:
            told = [text.entry, text.label, _STATES[text.state], text.german, text.body]
            rows.write([str(text.id), *map(writable, told)])
            count += 1
    return count


WRITERS: dict[str, Writer] = {"xliff": write_xliff, "xlsx": write_xlsx}


def _unit(text: Text, tag: str) -> str:
    name = writable(f"{text.entry} · {text.label}")
    return _UNIT.format(
        id=quoteattr(str(text.id)),
        name=quoteattr(name),
        limit=text.limit,
        german=escape(writable(text.german)),
        language=tag,
        state=_STATES[text.state],
        body=escape(writable(text.body)),
        name_text=escape(name),
    )
