// Sent instead of worker.js where OFFLINE=no: what older versions kept goes, and so does this.

async function end() {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(end()));
