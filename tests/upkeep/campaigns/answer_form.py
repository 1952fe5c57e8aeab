"""The answer page as a browser would send it."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

from registry.upkeep.campaigns.models import Entry, Request
from tests.factories.campaigns import key_of

CONFIRM = "/de/confirm"


class _Inputs(HTMLParser):
    """Collects what the page's form for answers would send."""

    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.inside = False
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "/confirm" in given.get("action", "")
        if not self.inside:
            return
        if tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.values[given["name"]] = given.get("value", "")
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and ("selected" in given or self.select not in self.values):
            self.values[self.select] = given.get("value", "")
        elif tag == "textarea":
            self.area = given["name"]
            self.values[self.area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] = (self.values[self.area] + data).removeprefix("\n")


def answer_form(page: str) -> MultiDict[str, str]:
    """Return what the page would send if it were sent as it stands."""
    reader = _Inputs()
    reader.feed(page)
    return reader.values


def address(request: Request) -> str:
    return f"{CONFIRM}?key={key_of(request)}"


def field(entry: Entry, name: str) -> str:
    return f"e{entry.uuid.hex}.{name}"
