"""How a text is known in the files of translation offices: entry, field, version, digest. Pure."""

import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

_ID = re.compile(
    r"(?P<kind>[a-z]+)/(?P<entry>[0-9a-f-]{36})/(?P<key>[^/\s]{1,120})"
    r"/(?P<version>[0-9]{1,9})/(?P<digest>[0-9a-f]{16})"
)
# What XML 1.0 cannot hold, and what turns the order of letters around unseen.
_IMPOSSIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class TextId:
    """A text as it was handed out: `version` and `digest` are those of the German words."""

    kind: str
    entry: UUID
    key: str
    version: int
    digest: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.entry}/{self.key}/{self.version}/{self.digest}"

    def is_of(self, german: str) -> bool:
        return digest(german) == self.digest


def parse(text: str) -> TextId | None:
    found = _ID.fullmatch(text.strip())
    if found is None:
        return None
    try:
        entry = UUID(found["entry"])
    except ValueError:
        return None
    return TextId(found["kind"], entry, found["key"], int(found["version"]), found["digest"])


def digest(german: str) -> str:
    """Return what tells one wording from another; blanks and line ends do not count."""
    return sha256(" ".join(writable(german).split()).encode()).hexdigest()[:16]


def writable(text: str) -> str:
    """Return a text without what a file cannot hold."""
    return _IMPOSSIBLE.sub("", text)


def is_harmless(text: str) -> bool:
    return not _IMPOSSIBLE.search(text)
