"""Templates compile, and none carries what the content security policy forbids."""

import re
from pathlib import Path

import pytest
from flask import Flask

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
FORBIDDEN = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=|\son[a-z]+=|\|\s*safe\b"
)
VARIABLE, USED = re.compile(r"(--[\w-]+):"), re.compile(r"var\((--[\w-]+)")
DATABASES = ["postgresql"]


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_template_has_no_inline_script_style_or_unescaped_text(name: str) -> None:
    assert not FORBIDDEN.search((TEMPLATES / name).read_text("utf-8"))


def test_the_thinned_stylesheet_has_the_rules_of_every_class_on_a_page() -> None:
    root = TEMPLATES.parent
    vendor = root / "registry" / "static" / "vendor" / "kern"
    whole = (root / "node_modules" / "@kern-ux" / "native" / "dist" / "kern.min.css").read_text()
    used = {n for name in NAMES for n in re.findall(r"kern-[\w-]+", (TEMPLATES / name).read_text())}
    for sheet in ("kern.min.css", "kern.rtl.min.css"):
        kept = (vendor / sheet).read_text()
        ruled = {name for name in used if re.search(rf"\.{name}(?![\w-])", whole)}
        assert ruled
        assert not {name for name in ruled if not re.search(rf"\.{name}(?![\w-])", kept)}
        assert set(VARIABLE.findall(whole)) & set(USED.findall(kept)) <= set(VARIABLE.findall(kept))
        assert len(kept) < len(whole) / 4
