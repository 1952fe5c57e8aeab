"""Forms as a browser would send them: read from the page, changed, and sent back."""

from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import MultiDict


class _Inputs(HTMLParser):
    """Collects what the form with `data-keep` would send."""

    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.inside = self.in_template = False
        self.select: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "data-keep" in given
        elif tag == "template":
            self.in_template = True
        start = getattr(self, f"start_{tag}", None)
        if start and self.inside and not self.in_template:
            start(given)

    def start_input(self, given: dict[str, str]) -> None:
        unchecked = given.get("type") == "checkbox" and "checked" not in given
        if given.get("name") and not unchecked:
            self.values.add(given["name"], given.get("value", ""))

    def start_select(self, given: dict[str, str]) -> None:
        self.select = given["name"]

    def start_option(self, given: dict[str, str]) -> None:
        if self.select and ("selected" in given or self.select not in self.values):
            self.values[self.select] = given.get("value", "")

    def start_textarea(self, given: dict[str, str]) -> None:
        self.area = given["name"]
        self.values[self.area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.in_template = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area and self.inside and not self.in_template:
            self.values[self.area] = (self.values[self.area] + data).removeprefix("\n")


def form_of(page: str) -> MultiDict[str, str]:
    """Return what the page's form would send if it were sent as it stands."""
    reader = _Inputs()
    reader.feed(page)
    return reader.values


def changed(form: MultiDict[str, str], **values: Any) -> MultiDict[str, str]:
    """Return the form with these inputs set; "__" stands for "." and a list for several."""
    made = form.copy()
    for name, value in values.items():
        key = name.replace("__", ".")
        made.setlist(key, value if isinstance(value, list) else [str(value)])
    return made
