"""A slow phone: pages in Chromium with a throttled processor and network, 360 px wide.

The processor is slowed down six times, the network is the "Slow 4G" of Chromium's own tools: every
answer comes 0.56 s later, at 1.47 Mbit/s down and 0.68 Mbit/s up. Every visit is a new browser's;
one is the second page of a visit.
A page is usable when its first hit, heading, field or marker is painted and the processor is free
to answer a tap.
"""

import gzip
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import astuple, dataclass
from functools import partial
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks import folium_page, whole_page
from benchmarks.browser import chromium
from benchmarks.registers import Register, Sizes, opened
from benchmarks.serving import packed, served
from benchmarks.table import Row, Wanted
from benchmarks.web import Visitor

VISITS = 3
PATIENCE = 900_000  # ms: a page of 100,000 markers takes minutes
SLOWER = 6
SLOW_4G = {
    "offline": False,
    "latency": 562.5,  # ms
    "downloadThroughput": 1474.56e3 / 8,  # bytes a second
    "uploadThroughput": 675e3 / 8,
}
SCREEN = {"width": 360, "height": 740}
MARKER = ".leaflet-marker-icon"
# Within a frame's callback nothing has been painted yet; the next idle moment comes after it.
WATCH = """
const wanted = %r;
new MutationObserver((_changes, observer) => {
  if (!document.querySelector(wanted)) return;
  observer.disconnect();
  requestAnimationFrame(() => requestIdleCallback(() => { window.usable = performance.now(); }));
}).observe(document, { childList: true, subtree: true });
addEventListener("error", (event) => { window.broken = event.message; });
"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Visit:
    """Milliseconds to the first paint and until the page is usable, and the bytes it loads."""

    painted: float
    usable: float
    loaded: float


@dataclass(frozen=True)
class Asked:
    """A page: its address, the selector of what somebody comes for, and the page before it."""

    address: str
    wanted: str
    before: str = ""


def measure(sizes: Sizes) -> list[Row]:
    few, many = opened(sizes.smallest), opened(sizes.largest)
    plain = [whole_page.page(few), *(folium_page.provided(each) for each in (few, many))]
    for file in plain:
        packed(file)
    whole, markers, most = (f"/packed/{file.name}" for file in plain)
    pages = {
        "list": Asked("/de/offers", "#hits a"),
        "offer": Asked(offer := _offer(many), "main h1"),
        "next offer": Asked(offer, "main h1", before="/de/offers"),
        "finder": Asked("/de/contact-point", "main form input"),
        "map": Asked("/de/map", ".map__first"),
        "whole list": Asked(whole, "ol a"),
        "whole offer": Asked(f"{whole}#offer", "h1"),
        "markers": Asked(markers, MARKER),
    }
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        url = stack.enter_context(served(many.file))
        found = _visits(browser, url, pages)
        # A page of many markers takes minutes: once is enough.
        found["most markers"] = _visit(browser, url, Asked(most, MARKER))
    return _rows(sizes, found)


def _offer(register: Register) -> str:
    listed = gzip.decompress(Visitor(register.app, "/api/v1/offers?per_page=1").ask())
    return f"/de/offers/{json.loads(listed)['items'][0]['id']}"


def _rows(sizes: Sizes, found: dict[str, Visit]) -> list[Row]:
    whole = f"one page with all of {sizes.smallest:,}"
    few, many = (
        f"{folium_page.name()} page of {folium_page.markers(each):,}"
        for each in (sizes.smallest, sizes.largest)
    )
    beside = [
        ("first list", "list", "whole list", whole),
        ("an offer", "offer", "whole offer", whole),
        ("an offer after the list", "next offer", "offer", "the offer as first page"),
        ("finder", "finder", "whole list", whole),
        ("map, first marker", "map", "markers", few),
        ("map, first marker", "map", "most markers", many),
    ]
    return [
        row
        for what, own, other, against in beside
        for row in _compared(sizes.largest, what, found[own], found[other], against)
    ]


def _compared(offers: int, what: str, own: Visit, other: Visit, against: str) -> list[Row]:
    row = partial(Row, against=against, wanted=Wanted("gain"), goal=0, offers=offers)
    name = f"Slow phone, {what}"
    return [
        row(f"{name}: first paint", own.painted, other.painted),
        row(f"{name}: usable", own.usable, other.usable),
        row(f"{name}: loaded", own.loaded, other.loaded, unit="B"),
    ]


def _visits(browser: Browser, url: str, pages: dict[str, Asked]) -> dict[str, Visit]:
    """Return the medians of some visits to each page, in turns after a first turn."""
    turns = [
        {name: _visit(browser, url, page, turn) for name, page in pages.items()}
        for turn in range(VISITS + 1)
    ]
    return {name: _middle([turn[name] for turn in turns[1:]]) for name in pages}


def _middle(visits: list[Visit]) -> Visit:
    return Visit(*map(median, zip(*map(astuple, visits), strict=True)))


def _visit(browser: Browser, url: str, asked: Asked, turn: int = 0) -> Visit:
    """Open a page that nobody has asked for before."""
    path, _hash, fragment = asked.address.partition("#")
    with _phone(browser) as (page, loaded):
        if asked.before:
            page.goto(f"{url}{asked.before}?visit={turn}", wait_until="networkidle")
            loaded.clear()
        page.add_init_script(WATCH % asked.wanted)
        page.goto(f"{url}{path}?visit={turn}#{fragment}", wait_until="commit")
        usable = page.wait_for_function("() => window.broken || window.usable").json_value()
        painted = page.wait_for_function(PAINTED).json_value()
        page.wait_for_load_state("networkidle")
        if isinstance(usable, str):
            raise RuntimeError(f"{asked.address}: {usable}")
        return Visit(float(painted), max(float(painted), float(usable)), sum(loaded))


@contextmanager
def _phone(browser: Browser) -> Iterator[tuple[Page, list[float]]]:
    """Yield a page of a new browser, and the list that the bytes it loads are put on."""
    context = browser.new_context(viewport=SCREEN, is_mobile=True, has_touch=True)
    context.set_default_timeout(PATIENCE)
    page, loaded = context.new_page(), list[float]()
    tools = context.new_cdp_session(page)
    tools.on("Network.loadingFinished", lambda told: loaded.append(told["encodedDataLength"]))
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page, loaded
    context.close()
