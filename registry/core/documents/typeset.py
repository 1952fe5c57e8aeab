"""Read what to set from standard input (JSON) and write the documents to standard output.

Run as a program of its own (`making.py` does): time and memory are limited, and both are given
back at the end. There is one document for each data, behind its length. The template finds the data
under `sys.inputs.data`; whatever stands there is text and never markup. Files are read below `root`
only, packages never.
"""

import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY = 3 * 1024**3
SECONDS = 120
FORMS: dict[str, dict[str, Any]] = {
    "pdf": {"format": "pdf", "pdf_standards": ["ua-1"]},
    "archive": {"format": "pdf", "pdf_standards": ["ua-1", "a-3a"]},
    "png": {"format": "png", "ppi": 150},
}
LENGTH = 8  # bytes that tell the length of a document
UNKNOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE = re.compile(r"\\u\{([0-9a-f]+)\}")


def main() -> int:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    asked = json.load(sys.stdin.buffer)
    # Loaded only now, within the limits.
    import typst  # noqa: PLC0415

    root = Path(asked["root"])
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"]
    )
    compiler = typst.Compiler(
        str(root / asked["template"]),
        root=str(root),
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=str(root / "no-packages"),
        package_cache_path=str(root / "no-packages"),
    )
    for data in asked["data"]:
        made = compiled(compiler, data, asked)
        sys.stdout.buffer.write(len(made).to_bytes(LENGTH, "big") + made)
    return 0


def compiled(compiler: Any, data: str, asked: dict[str, Any]) -> bytes:
    # Loaded by now, within the limits.
    from typst import TypstError  # noqa: PLC0415

    while True:
        try:
            made: bytes = compiler.compile(
                **FORMS[asked["form"]], timestamp=asked["made_at"], sys_inputs={"data": data}
            )
        except TypstError as error:
            data = without_unknown(data, str(error))
        else:
            return made


def without_unknown(data: str, error: str) -> str:
    """Return data without the sign that no font of ours has; any other error ends it all."""
    found = UNKNOWN.search(error)
    sign = CODE.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    if not sign or sign not in data:
        raise SystemExit(error)
    return data.replace(sign, "")


if __name__ == "__main__":
    sys.exit(main())
