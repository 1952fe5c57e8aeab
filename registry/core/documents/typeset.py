"""Read what to set from standard input (JSON) and write the document to standard output.

Run as a program of its own (`making.py` does): time and memory are limited, and both are given
back at the end. The template finds the data under `sys.inputs.data`; whatever stands there is text
and never markup. Files are read below `root` only, packages never.
"""

import json
import resource
import sys
from pathlib import Path

MEMORY = 3 * 1024**3
SECONDS = 120


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
        sys_inputs={"data": asked["data"]},
        package_path=str(root / "no-packages"),
        package_cache_path=str(root / "no-packages"),
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=asked["made_at"])
    sys.stdout.buffer.write(made)  # type: ignore[arg-type]
    return 0


if __name__ == "__main__":
    sys.exit(main())
