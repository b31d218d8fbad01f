// «Min side» on the phone: values that are entered without network wait on the phone and are sent once.
//
//   [data-own="who"]   one's own page: data-own-script, -sync, -shell-address, -patient; [data-own-take] is what is
//                      kept on the phone when [data-own-remember] is chosen, with the fields of [data-own-form]
//   [data-own-shell]   the page without network, filled with what was kept
//   [data-own-waiting] says what waits, what is sent, and what was not taken in
//
// What waits is kept by person, also when the session is over. Signing out takes the plan away.

import { each } from "./each.js";
import { all, drop, put, take } from "./own_store.js";

const AGAIN_MS = 5_000;
const REFUSED = 422;
let sending = false;

const host = () => document.querySelector("[data-own], [data-own-shell]");
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";

// -- what waits

async function waitingFor(who) {
  return (await all("waiting")).filter((one) => one.who === who);
}

async function send(one) {
  const { key, who, patient, effective, values } = one;
  const answer = await fetch(one.address, {
    method: "POST",
    credentials: "same-origin",
    redirect: "manual",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ key, who: Number(who), patient, effective, values }),
  });
  if (answer.ok) return "sent";
  if (answer.status === 401 || answer.type === "opaqueredirect") return "sign-in";
  return answer.status === REFUSED ? { said: (await answer.json()).said } : "later";
}

async function sendAll() {
  const who = host()?.dataset.own ?? host()?.dataset.ownWho;
  if (!who || sending) return;
  sending = true;
  let sent = 0;
  let state = "";
  try {
    for (const one of await waitingFor(who)) {
      if (one.refused !== undefined) continue;
      const became = await send(one);
      if (became === "sent") {
        await drop("waiting", one.key);
        sent += 1;
      } else if (typeof became === "object") await put("waiting", { ...one, refused: became.said });
      else {
        state = became;
        break;
      }
    }
  } catch {
    state = "later"; // no network after all: it waits
  } finally {
    sending = false;
  }
  await say(who, sent, state);
}

async function say(who, sent, state) {
  const box = document.querySelector("[data-own-waiting]");
  if (!box) return;
  const rows = await waitingFor(who);
  const waits = rows.filter((one) => one.refused === undefined).length;
  const refused = rows.filter((one) => one.refused !== undefined);
  const line = box.querySelector("[data-own-said]");
  const { one, many, sent: done } = line.dataset;
  if (waits) line.textContent = waits === 1 ? one : many.replace("#", waits);
  else if (sent) line.textContent = done;
  else if (line.textContent !== done) line.textContent = "";
  box.querySelector("[data-own-signin]").hidden = !(waits && state === "sign-in");
  const told = box.querySelector("[data-own-refused]");
  told.hidden = refused.length === 0;
  told.querySelector("ul").replaceChildren(
    ...refused.map((row) => {
      const item = document.createElement("li");
      item.textContent = `${Object.values(row.values).join(", ")}: ${row.refused}`;
      return item;
    }),
  );
  box.hidden = !line.textContent && told.hidden;
}

// -- one's own page: keep it when its owner asks, and lead to the page without network when there is none

function keptOf(page) {
  const parts = [...page.querySelectorAll("[data-own-take]")].map((one) => one.outerHTML);
  const form = page.querySelector("[data-own-form]")?.innerHTML ?? "";
  const { own: who, ownPatient: patient, ownSync: address } = page.dataset;
  return { id: "plan", who, patient: Number(patient), address, form, html: parts.join(""), at: new Date().toISOString() };
}

async function keepOnPhone(page) {
  await navigator.serviceWorker.register(page.dataset.ownScript, { scope: "/min-side/" });
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll('link[rel="stylesheet"], link[rel="preload"], link[rel="icon"]')];
  const scripts = [...document.querySelectorAll("script[src]")];
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => page.toggleAttribute("data-own-ready", data.kept);
  active.postMessage({ keep: [page.dataset.ownShellAddress, ...links.map((one) => one.href), ...scripts.map((one) => one.src)] }, [channel.port2]);
  await put("kept", keptOf(page));
}

async function forget() {
  await drop("kept", "plan");
  for (const name of await caches.keys()) if (name.startsWith("samspill-own-")) await caches.delete(name);
}

async function ownPage(page) {
  const box = page.querySelector("[data-own-remember]");
  const kept = await take("kept", "plan");
  if (kept && kept.who !== page.dataset.own) await forget(); // another person signed in on this phone
  const isMine = kept?.who === page.dataset.own && kept?.patient === Number(page.dataset.ownPatient);
  if ("serviceWorker" in navigator) {
    page.querySelector("[data-own-keep]")?.removeAttribute("hidden");
    box.checked = isMine;
    box.addEventListener("change", () => (box.checked ? keepOnPhone(page) : forget()).catch(() => (box.checked = false)));
    if (isMine) await keepOnPhone(page);
  }
  await sendAll();
}

each("[data-own]", (page) => ownPage(page).catch(() => undefined));

// -- the page without network

function entered(form) {
  const found = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("v-") && value.trim()) found[name.slice(2)] = value.trim().slice(0, 60);
  }
  return found;
}

async function shell(page) {
  const kept = await take("kept", "plan");
  if (!kept) return;
  page.dataset.ownWho = kept.who;
  page.querySelector("[data-own-none]").hidden = true;
  page.querySelector("[data-own-kept]").hidden = false;
  const when = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  page.querySelector("[data-own-at]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, when);
  page.querySelector("[data-own-page]").innerHTML = kept.html;
  const form = page.querySelector("[data-own-entry]");
  if (kept.form) {
    form.querySelector("[data-own-fields]").innerHTML = kept.form;
    form.hidden = false;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = entered(form);
    const isEmpty = Object.keys(values).length === 0;
    form.querySelector("[data-own-empty]").hidden = !isEmpty;
    if (isEmpty) return;
    const { who, patient, address } = kept;
    const effective = new Date().toISOString();
    await put("waiting", { key: `phone-${crypto.randomUUID()}`, who, patient, address, effective, values });
    form.reset();
    await sendAll();
    document.querySelector("[data-own-waiting]")?.scrollIntoView({ block: "center" });
  });
  await sendAll();
}

each("[data-own-shell]", (page) => shell(page).catch(() => undefined));

// -- always

document.addEventListener("click", async (event) => {
  if (!event.target.closest?.("[data-own-drop]")) return;
  const who = host()?.dataset.own ?? host()?.dataset.ownWho;
  for (const one of await waitingFor(who)) if (one.refused !== undefined) await drop("waiting", one.key);
  await say(who, 0, "");
});

// Without network a link would lead to the browser's own page. There is one of ours.
document.addEventListener("click", (event) => {
  const page = document.querySelector("[data-own][data-own-ready]");
  const link = event.target.closest?.("a[href]");
  if (!page || !link || navigator.onLine || link.protocol === "tel:" || link.hash) return;
  event.preventDefault();
  location.assign(page.dataset.ownShellAddress);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches?.('form[action*="logg-ut"]') && "indexedDB" in window) forget().catch(() => undefined);
});

const tryAgain = () => host() && sendAll();
window.addEventListener("online", tryAgain);
// A phone that lay in a pocket was told of no network; taking it up again is when one wants to see it sent.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tryAgain());
setInterval(tryAgain, AGAIN_MS);
