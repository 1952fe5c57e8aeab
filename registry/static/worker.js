// What works without network: pages somebody looked at or starred, their scripts and styles, the
// last views of the map. Before this the server puts a line with VERSION, which changes with its
// scripts and styles. The network always comes first; only what everyone gets is kept, fetched
// without cookies.

const MOST = { starred: 100, viewed: 30, assets: 100, map: 12 };
const name = (kind) => `${kind}-${VERSION}`;
const PAGE = /^\/[a-z]{2,3}\/(saved|map|offers(\/[0-9a-f-]{36}(\/card)?)?)$/;
const ASSET = /^\/(static\/.+|vocabulary\/\w+\.css|accent\/\w+\.css|logo\/\w+\/\w+\.png|[a-z]{2,3}\/map\/(shell\.js|outlines\.geojson|areas\.svg))$/;
const MAP = "/api/v1/map";
const OF_A_VIEW = new Set(["lang", "bbox", "zoom"]);
const NEEDED = ["page.js", "pocket.js", "saved.js", "vendor/lean-qr/lean-qr.js"].map((file) => `/static/v-${VERSION}/${file}`);

// Which cache an address belongs to; none where it could say what somebody needs or who they are.
function kindOf(address) {
  const url = new URL(address, self.location.origin);
  if (url.origin !== self.location.origin) return null;
  if (url.pathname === MAP) return [...url.searchParams.keys()].every((key) => OF_A_VIEW.has(key)) ? "map" : null;
  if (url.search) return null;
  if (PAGE.test(url.pathname)) return "viewed";
  return ASSET.test(url.pathname) ? "assets" : null;
}

async function put(kind, address, response) {
  const cache = await caches.open(name(kind));
  const body = await response.blob(); // all of it is there before the older copy goes
  if (!response.ok || /no-store|private/.test(response.headers.get("Cache-Control") || "")) {
    await cache.delete(address, { ignoreVary: true });
    return;
  }
  const headers = new Headers(response.headers);
  for (const dropped of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(dropped);
  headers.set("X-Kept", new Date().toISOString());
  await cache.put(address, new Response(body, { headers }));
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - MOST[kind]))) await cache.delete(key);
}

async function keep(kind, address) {
  const plain = { credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" };
  await put(kind, address, await fetch(address, plain));
}

async function keepAll(wanted) {
  for (const [kind, address] of wanted) {
    await keep(kind, address).catch(() => {}); // without network the older copy stays
  }
}

async function kept(address) {
  for (const kind of Object.keys(MOST)) {
    const found = await (await caches.open(name(kind))).match(address, { ignoreVary: true });
    if (found) return found;
  }
  return null;
}

// A page says itself how old it is, in its own language: pocket.js reads this mark.
async function marked(response, mark = "") {
  const since = response.headers.get("X-Kept");
  const html = (await response.text()).replace("<html ", `<html data-kept="${since}" ${mark}`);
  return new Response(html, { headers: response.headers });
}

async function keptPage(request) {
  const url = new URL(request.url);
  const path = url.search && url.pathname.endsWith("/offers") ? "" : url.pathname;
  const found = path && (await kept(path));
  if (found) return marked(found);
  const instead = await kept(`/${url.pathname.split("/")[1]}/saved`);
  return instead && marked(instead, "data-missed ");
}

async function answered(event, kind) {
  const { request } = event;
  try {
    // Scripts and styles are everybody's: without cookies they can be kept as they pass by.
    const plain = kind === "assets" ? new Request(request.url, { credentials: "omit" }) : request;
    const response = await fetch(plain);
    if (kind && plain.credentials === "omit") event.waitUntil(put(kind, request.url, response.clone()));
    return response;
  } catch (error) {
    const found = await (request.mode === "navigate" ? keptPage(request) : kept(request.url));
    if (found) return found;
    throw error;
  }
}

// Where a file of an older version is found now.
function renewed(address) {
  return address.replace(/\/static\/v-\w+\//, `/static/v-${VERSION}/`);
}

// What an older version kept stays usable, fetched anew where there is network.
async function takeOver() {
  const old = (await caches.keys()).filter((each) => !each.endsWith(`-${VERSION}`));
  for (const each of old) {
    const kind = each.split("-")[0];
    const before = await caches.open(each);
    for (const request of kind in MOST ? await before.keys() : []) {
      const copy = await before.match(request, { ignoreVary: true });
      await keep(kind, renewed(request.url)).catch(async () => (await caches.open(name(kind))).put(request, copy));
    }
    await caches.delete(each);
  }
  await self.clients.claim();
}

async function drop(id) {
  const cache = await caches.open(name("starred"));
  for (const request of await cache.keys()) {
    if (request.url.includes(id)) await cache.delete(request);
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll(NEEDED.map((address) => ["assets", address])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("message", (event) => {
  const { viewed = [], starred = [], dropped = [] } = event.data;
  const seen = viewed.map((address) => [kindOf(address), address]).filter(([kind]) => kind);
  const own = starred.filter((address) => kindOf(address)).map((address) => ["starred", address]);
  event.waitUntil(Promise.all([keepAll([...own, ...seen]), ...dropped.map(drop)]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const kind = kindOf(request.url);
  const page = request.mode === "navigate" && PAGE.test(pathname);
  if (request.method === "GET" && (page || (kind && request.mode !== "navigate"))) {
    event.respondWith(answered(event, kind));
  }
});
