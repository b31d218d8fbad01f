// Keeps the pages of meetings on the device, so that they can be read without network.
// The network comes first; what was kept is shown when there is none. Styles and scripts have their content
// in their names, so one that is kept is right. Copies are kept by person, and thrown away at sign-out.
const PREFIX = "samspill-meetings-";
const PAGE = /^\/moter\/\d+\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, who } = event.data ?? {};
  if (keep) event.waitUntil(keepAll(keep, who, event.ports[0]));
});

async function keepAll(addresses, who, port) {
  const name = PREFIX + who;
  for (const other of await caches.keys()) {
    if (other.startsWith(PREFIX) && other !== name) await caches.delete(other);
  }
  const cache = await caches.open(name);
  let kept = true;
  for (const address of addresses) {
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
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
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(fixed(request));
});

async function page(request, url) {
  try {
    const answer = await fetch(request);
    if (answer.status === 403 || answer.status === 404 || answer.redirected) await forget(url);
    return answer;
  } catch (fault) {
    const kept = await caches.match(url.pathname);
    if (kept) return kept;
    throw fault;
  }
}

async function fixed(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function forget(url) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX)) await (await caches.open(name)).delete(url.pathname);
  }
}
