// What this device keeps, and only if somebody wants it: watch lists in its own storage, and pages
// for times without network (worker.js). Nothing of it is sent anywhere.

const LISTS = "registry-lists";
const OFFLINE = "registry-offline"; // "yes", or "no" for whoever switched it off
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const { lang } = document.documentElement;
export const MOST = 50; // offers in a list: more do not fit into a code that phones can read

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // the browser allows no storage
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A full or forbidden storage: the star goes out again at the next page.
  }
}

export function isId(text) {
  return typeof text === "string" && ID.test(text);
}

// Lists of ids and the number of the one that stars go into; whatever else stands there is ignored.
export function lists() {
  let found;
  try {
    found = JSON.parse(stored(LISTS));
  } catch {
    found = null;
  }
  const sound = (Array.isArray(found?.lists) ? found.lists : [])
    .filter(Array.isArray)
    .map((list) => [...new Set(list.filter(isId))].slice(0, MOST));
  const all = sound.length ? sound : [[]];
  return { all, current: Math.min(Math.max(Number(found?.current) || 0, 0), all.length - 1) };
}

export function saveLists(all, current) {
  store(LISTS, JSON.stringify({ lists: all, current }));
}

export function addresses(id) {
  return [`/${lang}/offers/${id}`, `/${lang}/offers/${id}/card`];
}

export function worksOffline() {
  return stored(OFFLINE) === "yes";
}

async function tell(message) {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage(message);
}

// Let this device keep what was starred, this page, and whatever is looked at from now on.
export async function keepPages() {
  if (!("serviceWorker" in navigator)) return;
  store(OFFLINE, "yes");
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const loaded = performance.getEntriesByType("resource").map((each) => each.name);
  const starred = lists().all.flat().flatMap(addresses);
  await tell({ viewed: [...loaded, `/${lang}/saved`, location.pathname], starred });
}

export async function clearDevice(remembered = "") {
  const registrations = (await navigator.serviceWorker?.getRegistrations()) || [];
  for (const each of registrations) await each.unregister();
  for (const name of (await globalThis.caches?.keys()) || []) await caches.delete(name);
  if (remembered) {
    store(OFFLINE, remembered);
    return;
  }
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith("registry-")) storage.removeItem(key);
  }
}

export function toggle(id) {
  const { all, current } = lists();
  const list = all[current];
  const wanted = !list.includes(id);
  all[current] = wanted ? [...list, id].slice(-MOST) : list.filter((each) => each !== id);
  saveLists(all, current);
  if (worksOffline()) tell(wanted ? { starred: addresses(id) } : { dropped: [id] });
  return wanted;
}

function showStars() {
  const { all, current } = lists();
  for (const button of document.querySelectorAll("[data-star]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(all[current].includes(button.dataset.star)));
  }
}

function offerStars() {
  showStars();
  for (const button of document.querySelectorAll("[data-star]")) {
    button.addEventListener("click", () => {
      const note = document.querySelector("[data-kept-here]"); // none where pages may not be kept
      const first = note && stored(OFFLINE) === null;
      toggle(button.dataset.star);
      showStars();
      if (!first) return;
      note.hidden = false;
      keepPages();
    });
  }
  window.addEventListener("pageshow", showStars);
  window.addEventListener("storage", showStars);
}

export function moment(time) {
  const shown = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(lang, shown).format(new Date(time));
}

// The worker marks what it gives without network; the reader is told how old it is.
function sayHowOld() {
  const { kept, missed } = document.documentElement.dataset;
  if (kept === undefined) return;
  const note = document.querySelector("[data-no-network]");
  note.hidden = false;
  const text = missed === undefined ? note.dataset.noNetwork : note.dataset.missed;
  note.querySelector("p").textContent = text.replace("{moment}", moment(kept));
}

offerStars();
sayHowOld();
const installed = matchMedia("(display-mode: standalone)").matches && stored(OFFLINE) !== "no";
if ((worksOffline() || installed) && document.documentElement.dataset.kept === undefined) {
  if (document.readyState === "complete") keepPages();
  else window.addEventListener("load", keepPages);
}
