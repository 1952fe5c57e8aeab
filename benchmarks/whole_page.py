"""All offers in one page, drawn by a script: how one writes an overview first.

It loads what the JSON list says of every offer, and our own stylesheet alone. With `#offer` it
shows the first of them.
"""

import gzip
import json
from pathlib import Path

from benchmarks.folium_page import PAGES
from benchmarks.registers import Register
from benchmarks.web import Visitor

AT_ONCE = 200
PAGE = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Offers</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/app.css">
<main></main>
<script type="application/json" id="offers">{}</script>
<script>
const offers = JSON.parse(document.getElementById("offers").textContent);
const main = document.querySelector("main");
const add = (parent, name, text) => {{
  const made = document.createElement(name);
  made.textContent = text ?? "";
  parent.append(made);
  return made;
}};
if (location.hash === "#offer") {{
  const [offer] = offers;
  add(main, "h1", offer.title.de);
  for (const text of [offer.description.de, offer.actor.name]) add(main, "p", text);
}} else {{
  const list = add(main, "ol");
  list.className = "card-list";
  for (const offer of offers) {{
    const card = add(add(list, "li"), "article");
    card.className = "card";
    add(add(card, "h2"), "a", offer.title.de).href = "#" + offer.id;
    for (const text of [offer.summary.de, offer.actor.name]) add(card, "p", text);
  }}
}}
</script></html>"""


def page(register: Register) -> Path:
    """Write the page with all offers of a register."""
    PAGES.mkdir(parents=True, exist_ok=True)
    file = PAGES / f"whole-{register.offers}.html"
    told = json.dumps(_offers(register), ensure_ascii=False).replace("</", "<\\/")
    file.write_text(PAGE.format(told), "utf-8")
    return file


def _offers(register: Register) -> list[object]:
    found = list[object]()
    for number in range(1, -(-register.offers // AT_ONCE) + 1):
        path = f"/api/v1/offers?per_page={AT_ONCE}&page={number}"
        found += json.loads(gzip.decompress(Visitor(register.app, path).ask()))["items"]
    return found
