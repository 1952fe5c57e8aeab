// The picture of the network, to be moved and asked. Without this script its drawing stays.

const holder = document.querySelector("[data-network]");
const find = document.querySelector("#find");
const told = document.querySelector("[data-network-told]");
const links = document.querySelector("[data-network-links]");

// The canvas wants plain colours; the page's own may be of any kind a browser knows.
function colors() {
  const probe = document.createElement("span");
  const brush = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  holder.append(probe);
  const plain = (name) => {
    probe.style.color = `var(${name})`;
    brush.fillStyle = getComputedStyle(probe).color;
    brush.fillRect(0, 0, 1, 1);
    return `rgb(${brush.getImageData(0, 0, 1, 1).data.slice(0, 3).join()})`;
  };
  const found = { text: plain("--text"), muted: plain("--muted"), ground: plain("--ground"), accent: plain("--accent"), danger: plain("--kern-color-feedback-danger"), font: getComputedStyle(holder).fontFamily };
  probe.remove();
  return found;
}

function look() {
  const c = colors();
  return [
    { selector: "node", style: {
      width: 22, height: 22, shape: "ellipse", label: "data(label)", "text-wrap": "wrap", "text-valign": "bottom", "text-margin-y": 5,
      "font-size": 12, "font-family": c.font, color: c.text, "text-outline-color": c.ground, "text-outline-width": 3, "min-zoomed-font-size": 6,
    } },
    { selector: "node[corners != '']", style: { shape: "polygon", "shape-polygon-points": "data(corners)" } },
    { selector: ".filled", style: { "background-color": "data(color)", "border-color": c.text, "border-width": 1 } },
    { selector: ".outlined", style: { "background-color": c.ground, "border-color": "data(color)", "border-width": 4 } },
    { selector: ".heading", style: { width: 1, height: 1, "background-opacity": 0, "text-halign": "right", "text-valign": "center", "font-size": 15, events: "no" } },
    { selector: "edge", style: { width: "data(width)", "line-opacity": 0.6, "line-color": c.muted, "target-arrow-color": c.muted, "source-arrow-color": c.muted, "curve-style": "straight", "arrow-scale": 1.1 } },
    { selector: ".one-sided", style: { "line-style": "dashed", "line-dash-pattern": [7, 5] } },
    { selector: ".contested", style: { "line-style": "dashed", "line-dash-pattern": [2, 5], "line-color": c.danger, label: "✕", "font-size": 16, color: c.danger, "text-outline-color": c.ground, "text-outline-width": 2 } },
    { selector: ".to-target", style: { "target-arrow-shape": "triangle" } },
    { selector: ".to-source", style: { "source-arrow-shape": "triangle" } },
    { selector: ".cut-off", style: { "outline-color": c.danger, "outline-width": 3, "outline-offset": 4, "outline-style": "dashed" } },
    { selector: ".focus", style: { "outline-color": c.text, "outline-width": 3, "outline-offset": 4 } },
    { selector: ".faded", style: { opacity: 0.18 } },
    { selector: ".chosen", style: { "outline-color": c.accent, "outline-width": 4, "outline-offset": 4 } },
  ];
}

function tell(graph, key) {
  graph.elements().removeClass("faded chosen");
  told.replaceChildren();
  links.hidden = !key;
  find.value = key;
  if (!key) return;
  const node = graph.getElementById(key);
  const near = node.closedNeighborhood();
  graph.elements().difference(near).not(".heading").addClass("faded");
  node.addClass("chosen");
  const names = near.nodes().difference(node).map((each) => each.data("name")).sort((a, b) => a.localeCompare(b, document.documentElement.lang));
  const line = document.createElement("p");
  line.textContent = `${node.data("name")}: ${names.length ? `${told.dataset.linked} (${names.length})` : told.dataset.alone}`;
  const list = document.createElement("ul");
  for (const name of names) list.append(Object.assign(document.createElement("li"), { textContent: name }));
  told.append(line, list);
  for (const link of links.querySelectorAll("a")) link.href = link.dataset.to.replace(holder.dataset.nobody, key);
}

// Each line keeps the direction of its own words, whatever that of the page is.
function isolated(text) {
  return text.replace(/[^\n]+/g, "\u2068$&\u2069");
}

function picture(elements) {
  for (const { data } of elements) if (data.label) data.label = isolated(data.label);
  holder.classList.add("network-drawing--live");
  holder.setAttribute("role", "img");
  holder.setAttribute("aria-label", holder.querySelector("svg").getAttribute("aria-label"));
  holder.removeAttribute("tabindex");
  const graph = cytoscape({ container: holder, elements, style: look(), layout: { name: "preset", padding: 12 }, minZoom: 0.05, maxZoom: 4, boxSelectionEnabled: false, autounselectify: true });
  graph.on("tap", (event) => tell(graph, event.target === graph ? "" : event.target.isNode() ? event.target.id() : ""));
  find.addEventListener("change", () => {
    tell(graph, find.value);
    const node = graph.getElementById(find.value);
    const { x, y } = node.renderedPosition();
    if (x < 0 || y < 0 || x > graph.width() || y > graph.height()) graph.center(node);
  });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => graph.zoom({ level: graph.zoom() * button.dataset.zoom, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } }));
  }
  document.querySelector("[data-fit]").addEventListener("click", () => graph.fit(undefined, 12));
  const save = document.querySelector("[data-png]");
  save.addEventListener("click", async () => {
    const blob = await graph.png({ output: "blob-promise", full: true, scale: 2, bg: colors().ground, maxWidth: 8000, maxHeight: 8000 });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: save.dataset.png });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  // Whoever scrolls the page is not held by the picture; with Ctrl the wheel zooms.
  holder.addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopPropagation(); }, { capture: true });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(look()));
  for (const each of document.querySelectorAll("[data-network-tools], [data-network-find], [data-network-help]")) each.hidden = false;
}

function library() {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = holder.dataset.script;
    script.onload = done;
    script.onerror = failed;
    document.body.append(script);
  });
}

async function start() {
  const answer = await fetch(holder.dataset.network);
  if (!answer.ok) return;
  const elements = await answer.json();
  await library();
  picture(elements);
}

if (holder) start();
