"""A small part of Markdown, as pieces that a template draws."""

import pytest

from registry.texts.markup import blocks


def kinds(text: str) -> list[tuple[str, int]]:
    return [(block.kind, len(block.lines)) for block in blocks(text)]


def links(text: str) -> list[tuple[str, str]]:
    pieces = [piece for block in blocks(text) for line in block.lines for piece in line]
    return [(piece.text, piece.href) for piece in pieces if piece.href]


def test_headings_lists_and_paragraphs_are_told_apart() -> None:
    text = "# One\n## Two\nfirst\nsecond\n\nthird\n- a\n* b\n\n\n- c"
    assert kinds(text) == [
        ("heading", 1),
        ("heading", 1),
        ("paragraph", 2),
        ("paragraph", 1),
        ("list", 2),
        ("list", 1),
    ]


def test_named_and_bare_addresses_become_links() -> None:
    text = "See [our page](https://a.example/x?y=1), https://b.example/z. Write to c@d.example."
    assert links(text) == [
        ("our page", "https://a.example/x?y=1"),
        ("https://b.example/z", "https://b.example/z"),
        ("c@d.example", "mailto:c@d.example"),
    ]


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", "[x](data:text/html,y)", "[x](//evil)", "#hashtag", "-5 °C"],
)
def test_everything_else_is_text(text: str) -> None:
    assert links(text) == []
    assert "".join(p.text for p in blocks(text)[0].lines[0]) == text
