"""The texts of an XLIFF 1.2 file. Runs alone in a process of its own, which trusts nothing.

``python parsing.py FILE`` writes JSON lines: the kind of file, then texts as lists [language, id,
German, translation, confirmed, odd], many at once, then {"end": texts} or {"refused": code}. It
imports nothing of the register, resolves nothing, and ends itself where a limit is passed.
"""

import json
import resource
import sys
from typing import Any, BinaryIO
from xml.parsers import expat

MEMORY = 512 * 1024 * 1024  # bytes
SECONDS = 60  # of the processor
TEXTS = 20_000
LENGTH = 50_000  # characters of one text
DEPTH = 40
PIECE = 200  # texts that are told at once
OURS = ("", "urn:oasis:names:tc:xliff:document:1.2", "urn:oasis:names:tc:xliff:document:1.1")
FLAT = ("mrk", "g")  # what tools put around words; the words count
CONFIRMED = ("translated", "final", "signed-off")
TONGUE = "http://www.w3.org/XML/1998/namespace lang"
AROUND = ("xliff", "file", "body", "group")


class Refused(Exception):
    """The file is not taken; the argument is a code that somebody else words."""


class Texts:
    """Collects texts as the parser comes upon them, and tells them."""

    def __init__(self) -> None:
        self.count = self.depth = self.skipped = 0
        self._found: list[list[Any]] = []
        self._language = ""
        self._unit: dict[str, Any] | None = None
        self._part = ""

    def start(self, full: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise Refused("too_large")
        space, _blank, name = full.rpartition(" ")
        if self.depth == 1:
            _check_root(name if space in OURS else "", attributes)
        if self.skipped or space not in OURS:
            self.skipped += 1
        elif self._part:
            self._inside(name)
        elif self._unit is not None:
            self._begin(name, attributes)
        else:
            self._outside(name, attributes)

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
        elif self._unit is not None and self.depth == self._unit["depth"]:
            self._finish(self._unit)
        elif self._unit is not None and self.depth == self._unit["depth"] + 1:
            self._part = ""

    def words(self, text: str) -> None:
        if self.skipped or not self._part or self._unit is None:
            return
        said = self._unit[self._part]
        said.append(text)
        self._unit["length"] += len(text)
        if self._unit["length"] > 2 * LENGTH:
            raise Refused("cell_too_long")

    def tell(self) -> None:
        _tell(self._found)
        self._found = []

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "file":
            self._language = attributes.get("target-language", "")[:40]
        elif name == "trans-unit":
            depth, confirmed = self.depth - 1, attributes.get("approved") == "yes"
            self._unit = {"id": attributes.get("id", "")[:500], "depth": depth, "length": 0}
            self._unit |= {"source": [], "target": [], "confirmed": confirmed, "odd": False}
            self._unit["tongue"] = ""
        elif name not in AROUND:
            self.skipped = 1

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name not in ("source", "target") or self._unit is None:
            self.skipped = 1
            return
        self._part = name
        self._unit["odd"] |= bool(self._unit[name])  # said twice
        if name == "target":
            self._unit["confirmed"] |= attributes.get("state") in CONFIRMED
            self._unit["tongue"] = attributes.get(TONGUE, "")

    def _inside(self, name: str) -> None:
        if name not in FLAT and self._unit is not None:
            self._unit["odd"] = True
            self.skipped = 1

    def _finish(self, unit: dict[str, Any]) -> None:
        source, target = "".join(unit["source"]), "".join(unit["target"])
        if target.strip() and not _alike(self._language, unit["tongue"]):
            raise Refused("languages")
        text = [self._language, unit["id"], source, target, unit["confirmed"], unit["odd"]]
        self._found.append(text)
        self._unit, self.count = None, self.count + 1
        if self.count > TEXTS:
            raise Refused("too_many_rows")
        if len(self._found) >= PIECE:
            self.tell()


def main(path: str) -> int:
    _limit()
    try:
        with open(path, "rb") as file:
            _tell({"form": "xliff"})
            _read(file)
    except Refused as error:
        _tell({"refused": str(error)})
    except MemoryError:
        _tell({"refused": "too_large"})
    except Exception:
        _tell({"refused": "broken"})
    return 0


def _read(file: BinaryIO) -> None:
    texts = Texts()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = texts.start
    parser.EndElementHandler = texts.end
    parser.CharacterDataHandler = texts.words
    parser.StartDoctypeDeclHandler = _refuse_definitions
    parser.ParseFile(file)
    texts.tell()
    _tell({"end": texts.count})


def _alike(of_file: str, of_text: str) -> bool:
    """Return whether a text is in the language that its file names; "ar-EG" is "ar"."""
    named = [each.lower().replace("_", "-").partition("-")[0] for each in (of_file, of_text)]
    return not of_text or named[0] == named[1]


def _check_root(name: str, attributes: dict[str, str]) -> None:
    if name != "xliff" or not attributes.get("version", "").startswith("1."):
        raise Refused("no_xliff")


def _refuse_definitions(*_told: Any) -> None:
    raise Refused("definitions")


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _tell(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
