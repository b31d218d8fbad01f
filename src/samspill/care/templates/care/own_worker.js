// «Min side» without network: the page that knows nobody is kept here, with its styles and scripts. What is
// about somebody is never in this store: it lies in the page's own, and only when the owner asked for it.
const NAME = "samspill-own-1";
const SHELL = "{{ shell }}";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  if (keep) event.waitUntil(keepAll(keep, event.ports[0]));
});

// As a visitor sees them (no cookies), so that no name stands in what is kept.
async function keepAll(addresses, port) {
  const cache = await caches.open(NAME);
  let kept = true;
  for (const address of addresses) {
    try {
      const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
      const isShell = new URL(address, self.location).pathname === SHELL;
      if (isShell) await cache.delete(SHELL, { ignoreSearch: true }); // it may have been in another language
      if (answer.ok && !answer.redirected) await cache.put(address, answer);
      else kept = false;
    } catch {
      kept = Boolean(await cache.match(address)) && kept;
    }
  }
  port?.postMessage({ kept });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(fixed(request));
});

async function page(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const kept = await caches.match(SHELL, { ignoreSearch: true });
    if (kept) return kept;
    throw fault;
  }
}

async function fixed(request) {
  return (await caches.match(request)) ?? fetch(request);
}
