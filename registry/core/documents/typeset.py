"""Read what to set from standard input (JSON) and write the document to standard output.

Run as a program of its own (`making.py` does): time and memory are limited, and both are given
back at the end. The template finds the data under `sys.inputs.data`; whatever stands there is text
and never markup. Files are read below `root` only, packages never.
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
    "png": {"format": "png", "ppi": 150},
}
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
    data, made = asked["data"], None
    while made is None:
        compiler = typst.Compiler(
            str(root / asked["template"]),
            root=str(root),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            package_path=str(root / "no-packages"),
            package_cache_path=str(root / "no-packages"),
        )
        try:
            made = compiler.compile(**FORMS[asked["form"]], timestamp=asked["made_at"])
        except typst.TypstError as error:
            data = without_unknown(data, str(error))
    sys.stdout.buffer.write(made)  # type: ignore[arg-type]
    return 0


def without_unknown(data: str, error: str) -> str:
    """Return data without the sign that no font of ours has; any other error ends it all."""
    found = UNKNOWN.search(error)
    sign = CODE.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    if not sign or sign not in data:
        raise SystemExit(error)
    return data.replace(sign, "")


if __name__ == "__main__":
    sys.exit(main())
