"""The survey as a browser would send it."""

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict

from registry.actors.models import Actor
from registry.network.rounds.models import Asked
from tests.factories.rounds import key_of

SURVEY = "/de/partners"


class _Inputs(HTMLParser):
    """Collects what the page's form would send, whichever button is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.values: MultiDict[str, str] = MultiDict()
        self.inside = False
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "/partners" in given.get("action", "") or "found" in given.get(
                "class", ""
            )
        if not self.inside:
            return
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.values.add(given["name"], given.get("value", ""))
        elif tag == "select":
            self.select = given["name"]
        elif tag == "option" and "selected" in given:
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


def survey_form(page: str) -> MultiDict[str, str]:
    """Return what the page would send if it were sent as it stands."""
    reader = _Inputs()
    reader.feed(page)
    return reader.values


def address(asked: Asked) -> str:
    return f"{SURVEY}?key={key_of(asked)}"


def level(partner: Actor, way: str) -> str:
    return f"level.{partner.uuid}.{way}"
