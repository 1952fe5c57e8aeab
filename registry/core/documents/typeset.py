"""Read what to set from standard input (JSON) and write the documents to standard output.

Run as a program of its own (`making.py` does): time and memory are limited, and both are given
back at the end. There is one document for each data, behind its length. The template finds the data
under `sys.inputs.data`; whatever stands there is text and never markup. Files are read below `root`
only, packages never.

Where a list of the data is `counted`, its document is set piece by piece, and how many are set is
written each time: what has been set is remembered by the typesetter, so that this costs little. The
template finds how many it shall set in the file `most` (0: all).
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY = 3 * 1024**3
SECONDS = 120
FORMS: dict[str, dict[str, Any]] = {
    "pdf": {"format": "pdf", "pdf_standards": ["ua-1"]},
    "archive": {"format": "pdf", "pdf_standards": ["ua-1", "a-3a"]},
    "png": {"format": "png", "ppi": 150},
}
LENGTH = 8  # bytes that tell the length of a document, or how many pieces are set
DOCUMENT, COUNT = b"d", b"c"
TIMES, FEWEST = 10, 20  # how often is counted, and how many pieces are worth it
UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
AGAIN = re.compile(r"set again: (\w+)")  # a template has to know something that only setting shows


class Typesetter:
    """The templates of a folder, and the typesetter with our fonts."""

    def __init__(self, asked: dict[str, Any]) -> None:
        # Loaded only now, within the limits.
        import typst  # noqa: PLC0415

        self.typst: Any = typst
        self.asked, root = asked, Path(asked["root"])
        fonts = {"include_system_fonts": False, "include_embedded_fonts": False}
        self.fonts = self.typst.Fonts(**fonts, font_paths=asked["fonts"])
        self.files = {path.name: path.read_bytes() for path in root.glob("*.typ")}
        self.files["main.typ"] = self.files[asked["template"]]

    def counted(self, data: str, counted: str) -> Iterator[int]:
        """Yield how many of a list are set, as it goes on; what is set is remembered."""
        total = len(json.loads(data)[counted])
        step = max(FEWEST, -(-total // TIMES))
        for most in range(step, total, step):
            self._compiler(data, most).query("<nothing>")
            yield most

    def document(self, data: str) -> bytes:
        form = FORMS[self.asked["form"]]
        made: bytes = self._compiler(data).compile(**form, timestamp=self.asked["made_at"])
        return made

    def _compiler(self, data: str, most: int = 0) -> Any:
        root, files = self.asked["root"], {**self.files, "most": str(most).encode()}
        return self.typst.Compiler(
            files,
            root=root,
            font_paths=self.fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            package_path=f"{root}/no-packages",
            package_cache_path=f"{root}/no-packages",
        )


def main() -> int:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    asked = json.load(sys.stdin.buffer)
    typesetter = Typesetter(asked)
    for data in asked["data"]:
        for made in compiled(typesetter, data, asked.get("counted", "")):
            if isinstance(made, int):
                _write(COUNT, made, b"")
            else:
                _write(DOCUMENT, len(made), made)
    return 0


def _write(kind: bytes, number: int, content: bytes) -> None:
    sys.stdout.buffer.write(kind + number.to_bytes(LENGTH, "big") + content)
    sys.stdout.buffer.flush()


def compiled(typesetter: Typesetter, data: str, counted: str) -> Iterator[int | bytes]:
    """Yield how many pieces are set, and last the document."""
    while True:
        try:
            if counted:
                yield from typesetter.counted(data, counted)
            yield typesetter.document(data)
        except typesetter.typst.TypstError as error:
            data = corrected(data, str(error))
        else:
            return


def corrected(data: str, error: str) -> str:
    """Return data with what a template asks for, or without a sign that no font of ours has."""
    if wanted := AGAIN.search(error):
        told = json.loads(data)
        if not told.get(wanted[1]):
            return json.dumps(told | {wanted[1]: True}, ensure_ascii=False)
    return without_unknown(data, error)


def without_unknown(data: str, error: str) -> str:
    """Return data without the sign that no font of ours has; any other error ends it all."""
    found = UNKNOWN.search(error)
    sign = CODE.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    if not sign or sign not in data:
        raise SystemExit(error)
    return data.replace(sign, "")


if __name__ == "__main__":
    sys.exit(main())
