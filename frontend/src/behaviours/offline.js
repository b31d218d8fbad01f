// A page with [data-offline="who"] is kept on the device, and says so when it is ([data-offline-kept]).
// Signing out takes every copy away.

import { each } from "./each.js";

const PREFIX = "samspill-meetings-";

function addresses() {
  const parts = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="preload"], link[rel="icon"]')];
  const scripts = [...document.querySelectorAll("script[src]")];
  return [location.pathname, ...parts.map((one) => one.href), ...scripts.map((one) => one.src)];
}

async function keep(host) {
  await navigator.serviceWorker.register(host.dataset.offlineScript, { scope: "/moter/" });
  const { active } = await navigator.serviceWorker.ready;
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    if (data.kept) host.querySelector("[data-offline-kept]")?.removeAttribute("hidden");
  };
  active.postMessage({ keep: addresses(), who: host.dataset.offline }, [channel.port2]);
}

if ("serviceWorker" in navigator) {
  // A browser that keeps nothing (private windows) shows the page as it is, without the word that it is kept.
  each("[data-offline]", (host) => keep(host).catch(() => undefined));
}

document.addEventListener("submit", (event) => {
  const isLeaving = event.target.matches?.('form[action*="logg-ut"]');
  if (!isLeaving || !("caches" in window)) return;
  caches.keys().then((names) => names.filter((name) => name.startsWith(PREFIX)).forEach((name) => caches.delete(name)));
  for (const key of Object.keys(localStorage)) if (key.startsWith("samspill.note.")) localStorage.removeItem(key);
});
