"""Goal 2: until the first marker is painted in Chromium, served by waitress.

Every visit is a new browser's, of a page that nobody has asked for before.
"""

from contextlib import ExitStack
from functools import partial

from playwright.sync_api import Browser

from benchmarks import folium_page, own_map
from benchmarks.browser import chromium
from benchmarks.registers import Sizes, opened
from benchmarks.serving import served
from benchmarks.table import Row, Wanted
from benchmarks.timing import Times, p50

VISITS = 5
PATIENCE = 120_000  # ms
SCREEN = {"width": 1280, "height": 900}
# The next message after a frame's callback comes when the frame is painted.
WATCH = """
new MutationObserver((_changes, observer) => {
  if (!document.querySelector(".map__first, .leaflet-marker-icon")) return;
  observer.disconnect();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { window.firstMarker = performance.now(); };
  requestAnimationFrame(() => port2.postMessage(""));
}).observe(document, { childList: true, subtree: true });
addEventListener("error", (event) => { window.broken = event.message; });
"""


def measure(sizes: Sizes) -> list[Row]:
    smallest, largest = opened(sizes.smallest), opened(sizes.largest)
    folium, alone = folium_page.provided(largest), own_map.page(largest)
    with ExitStack() as stack:
        browser = stack.enter_context(chromium())
        few, many = (stack.enter_context(served(each.file)) for each in (smallest, largest))
        own = [f"{few}/de/map", f"{many}/de/map", f"{many}/folium/{alone.name}"]
        few_ms, many_ms, alone_ms = map(p50, _visits(browser, own))
        # A page of many markers takes a quarter of a minute: once is enough.
        folium_ms = _first_marker(browser, f"{many}/folium/{folium.name}")
    return _rows(sizes, few_ms, many_ms, alone_ms, folium_ms)


def _rows(sizes: Sizes, few: float, many: float, alone: float, folium: float) -> list[Row]:
    fewer, n = f"with {sizes.smallest:,} offers", sizes.largest
    page = f"{folium_page.name()} page of {folium_page.markers(n):,}"
    flat, gain = Wanted("cost", 1.15), Wanted("gain", 80, folium_page.missing(n))
    row, first = partial(Row, goal=2, offers=n), "First marker in Chromium"
    return [
        row(f"{first}, map page", many, few, fewer, flat),
        row(f"{first}, map page", many, folium, page, gain),
        row(f"{first}, our map alone", alone, folium, page, gain),
    ]


def _visits(browser: Browser, addresses: list[str]) -> list[Times]:
    """Return the times to the first marker, the addresses visited in turns after a first turn."""
    turns = [
        [_first_marker(browser, f"{address}?visit={turn}") for address in addresses]
        for turn in range(VISITS + 1)
    ]
    return [list(times) for times in zip(*turns[1:], strict=True)]


def _first_marker(browser: Browser, address: str) -> float:
    """Return the milliseconds from asking for a page to its first marker."""
    context = browser.new_context(viewport=SCREEN)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    found = page.wait_for_function("() => window.broken || window.firstMarker").json_value()
    context.close()
    if isinstance(found, str):
        raise RuntimeError(f"{address}: {found}")
    return float(found)
