// A list that is told when it has changed ([data-live="address"], server-sent events), and is fetched anew.
// When the server can tell no more of us, or cannot be reached, it is asked every 15 seconds instead.

import { each } from "./each.js";

const ASK_MS = 15_000;
const AGES_MS = 60_000; // how long ago things were is written in the list
const TOGETHER_MS = 150; // several changes at once are one
const TRY_AGAIN_MS = 300_000;

function fetchAnew(host) {
  const list = host.querySelector("[data-says]");
  if (!list || document.hidden || document.querySelector("dialog[open]")) return;
  list.dispatchEvent(new CustomEvent("list-changed"));
}

function follow(host) {
  let asking;
  let soon;
  const ask = (every) => {
    clearInterval(asking);
    asking = setInterval(() => fetchAnew(host), every);
  };
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => fetchAnew(host), TOGETHER_MS);
  };
  const listen = () => {
    const told = new EventSource(host.dataset.live);
    told.addEventListener("open", () => {
      host.dataset.liveIs = "told";
      ask(AGES_MS);
      changed(); // what happened while nobody listened
    });
    told.addEventListener("changed", changed);
    told.addEventListener("ended", () => {
      told.close();
      location.reload(); // the session is over, or the place in the team: the page says which
    });
    told.addEventListener("error", () => {
      host.dataset.liveIs = "asks";
      ask(ASK_MS);
      if (told.readyState === EventSource.CLOSED) setTimeout(listen, TRY_AGAIN_MS);
    });
  };
  ask(ASK_MS);
  listen();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) changed();
  });
}

each("[data-live]", follow);

// What has changed is read out, once, in a place that stays when the list is swapped.
document.addEventListener("htmx:after:swap", () => {
  const says = document.querySelector("[data-says]")?.dataset.says;
  const place = document.getElementById("sagt");
  if (place && says !== undefined && place.dataset.said !== says) {
    if (place.dataset.said !== undefined) place.textContent = says;
    place.dataset.said = says;
  }
});
each("#sagt", (place) => {
  place.dataset.said = document.querySelector("[data-says]")?.dataset.says ?? "";
});
