// The watch list: lists of this device, or the one that the fragment of the address brings. The
// fragment never reaches the server; offers are asked for one by one, as everyone gets them.

import { MOST, addresses, clearDevice, isId, keepPages, lists, moment, saveLists, worksOffline } from "./pocket.js";

const AT_ONCE = 4;
const FORM = "1."; // of a fragment: 16 bytes for each id and a check sum of 4, in base64url
const box = document.querySelector("[data-saved]");
const texts = box.dataset;
const part = (name) => box.querySelector(`[data-${name}]`);
let drawing = 0;

function sum(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return [24, 16, 8, 0].map((shift) => (~crc >>> shift) & 255);
}

function fragment(ids) {
  const bytes = ids.flatMap((id) => id.replaceAll("-", "").match(/../g).map((pair) => parseInt(pair, 16)));
  const text = btoa(String.fromCharCode(...bytes, ...sum(bytes)));
  return FORM + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// Return the ids of a fragment, or null where it is cut short or changed.
function read(text) {
  try {
    if (!text.startsWith(FORM)) return null;
    const raw = atob(text.slice(FORM.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = [...raw].map((letter) => letter.charCodeAt(0));
    const body = bytes.slice(0, -4);
    if (!body.length || body.length % 16 || body.length > MOST * 16) return null;
    if (sum(body).join() !== bytes.slice(-4).join()) return null;
    const hex = body.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [...new Set(hex.match(/.{32}/g).map((id) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")))].filter(isId);
  } catch {
    return null;
  }
}

const brought = () => location.hash.slice(1);
const handed = () => (brought() ? read(brought()) : null);
const shownIds = () => handed() || (brought() ? [] : lists().all[lists().current]);

function button(label, act, kind = "link-button") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = kind;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function say(text) {
  part("told").textContent = text;
}

function line(text) {
  const made = document.createElement("p");
  made.className = "muted";
  made.textContent = text;
  return made;
}

// What an offer's page says of the language of its texts holds for this page, too: once is enough.
function sayOfTexts(note) {
  const said = [...part("notes").children].some((each) => each.textContent === note?.textContent);
  if (note && !said) part("notes").append(document.importNode(note, true));
}

// The card of an offer comes from the server in the language of this page, its text escaped.
async function card(id) {
  try {
    const response = await fetch(addresses(id)[1], { credentials: "omit" });
    if (!response.ok) return [line(response.status === 404 || response.status === 410 ? texts.gone : texts.failed)];
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const sent = page.querySelector("[data-pocket-card]");
    sayOfTexts(page.querySelector(".text-note"));
    sent.querySelector(".pocket-card__code").remove(); // before it is asked for its picture
    const made = document.importNode(sent, true);
    const title = document.createElement("h2");
    title.append(...made.querySelector("h1").childNodes);
    made.querySelector("h1").replaceWith(title);
    const since = response.headers.get("X-Kept");
    return since ? [made, line(texts.since.replace("{moment}", moment(since)))] : [made];
  } catch {
    return [line(texts.failed)];
  }
}

function without(id) {
  const { all, current } = lists();
  saveLists(all.map((list, at) => (at === current ? list.filter((each) => each !== id) : list)), current);
  draw();
}

async function fill(row, id) {
  const content = await card(id);
  if (!handed()) content.push(button(texts.remove, () => without(id), "link-button no-print"));
  row.replaceChildren(...content);
  row.removeAttribute("aria-busy");
}

async function drawEntries(ids, turn) {
  const rows = ids.map(() => document.createElement("li"));
  for (const row of rows) row.setAttribute("aria-busy", "true");
  part("notes").replaceChildren();
  part("entries").replaceChildren(...rows);
  for (let at = 0; at < ids.length && turn === drawing; at += AT_ONCE) {
    await Promise.all(ids.slice(at, at + AT_ONCE).map((id, offset) => fill(rows[at + offset], id)));
  }
}

function choose(current) {
  saveLists(lists().all, current);
  draw();
}

function drawChoice() {
  const { all, current } = lists();
  const name = (list, at) => texts.list.replace("{number}", at + 1).replace("{count}", list.length);
  const choices = all.map((list, at) => button(name(list, at), () => choose(at), "chip"));
  choices.forEach((each, at) => {
    each.setAttribute("aria-pressed", String(at === current));
    each.classList.toggle("chip--selected", at === current);
  });
  part("choice").replaceChildren(...choices);
}

function address() {
  const url = new URL(`/${part("language").value}/saved`, location.origin);
  url.hash = fragment(shownIds());
  return url.href;
}

function drawHandOver() {
  part("code").replaceChildren();
  if (!shownIds().length) return;
  const [subject, body] = [texts.subject, address()].map(encodeURIComponent);
  part("mail").href = `mailto:?subject=${subject}&body=${body}`;
  part("open").href = address();
}

function draw() {
  drawing += 1;
  const ids = shownIds();
  const tampered = brought() && !handed();
  box.hidden = false;
  part("own").hidden = Boolean(brought());
  part("handed").hidden = !handed();
  part("tampered").hidden = !tampered;
  part("empty").hidden = Boolean(ids.length || brought());
  part("hand-over").hidden = !ids.length;
  part("offline")?.setAttribute("aria-pressed", String(worksOffline()));
  for (const link of document.querySelectorAll(".languages a")) link.hash = location.hash;
  part("printed").textContent = texts.since.replace("{moment}", moment(Date.now()));
  drawChoice();
  drawHandOver();
  drawEntries(ids, drawing);
}

async function drawCode() {
  const { generate } = await import("./vendor/lean-qr/lean-qr.js");
  const code = generate(address());
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  let drawn = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) drawn += `M${x},${y}h1v1h-1z`;
  }
  svg.setAttribute("viewBox", `-4 -4 ${code.size + 8} ${code.size + 8}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", texts.codeName);
  svg.classList.add("qr", "qr--large");
  path.setAttribute("d", drawn);
  svg.append(path);
  part("code").replaceChildren(svg);
}

async function share() {
  try {
    if (navigator.share) await navigator.share({ title: texts.subject, url: address() });
    else {
      await navigator.clipboard.writeText(address());
      say(texts.copied);
    }
  } catch {
    // Whoever closes the menu has changed their mind.
  }
}

function keepHanded() {
  const { all } = lists();
  const own = all.filter((list) => list.length);
  saveLists([...own, handed()], own.length);
  history.replaceState(null, "", location.pathname);
  draw();
}

function addList() {
  const { all } = lists();
  const empty = all.findIndex((list) => !list.length);
  if (empty >= 0) choose(empty);
  else saveLists([...all, []], all.length);
  draw();
}

function removeList() {
  const { all, current } = lists();
  saveLists(all.filter((_list, at) => at !== current), 0);
  draw();
}

async function clearAll() {
  await clearDevice();
  history.replaceState(null, "", location.pathname);
  draw();
  say(texts.cleared);
}

async function toggleOffline() {
  if (worksOffline()) await clearDevice("no");
  else await keepPages();
  draw();
}

const acts = { keep: keepHanded, add: addList, drop: removeList, clear: clearAll, offline: toggleOffline, "share-list": share, draw: drawCode };
for (const [name, act] of Object.entries(acts)) part(name)?.addEventListener("click", act);
part("language").addEventListener("change", drawHandOver);
window.addEventListener("hashchange", draw);
draw();
