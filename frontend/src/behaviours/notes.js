// A private note saves itself while one writes. Without network it is kept on the device and sent when there is
// one again; until it is sent the page shows the words that are kept.
//
//   <form data-note="who">  with a textarea, [data-note-said] (data-saved, data-waits) and [data-note-button]

import { each } from "./each.js";

const PAUSE_MS = 700;
const AGAIN_MS = 15_000;
const keyOf = (form) => `samspill.note.${form.dataset.note}.${new URL(form.action).pathname}`;

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is closed to us: the note is saved when there is network
  }
}

function store(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // nothing to keep it in
  }
}

function say(form, text) {
  form.querySelector("[data-note-said]").textContent = text;
}

async function send(form) {
  const key = keyOf(form);
  const field = form.querySelector("textarea");
  const { saved, waits } = form.querySelector("[data-note-said]").dataset;
  const text = field.value;
  store(key, text);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const { saved: at } = await answer.json();
    if (field.value === text) store(key, null);
    say(form, `${saved} ${at}.`);
  } catch {
    say(form, waits);
  }
}

function watch(form) {
  const field = form.querySelector("textarea");
  let timer;
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => send(form), pause);
  };
  form.querySelector("[data-note-button]").hidden = true;
  field.addEventListener("input", () => later(PAUSE_MS));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  const kept = stored(keyOf(form));
  if (kept !== null) {
    field.value = kept;
    later(0);
  }
  const sendKept = () => stored(keyOf(form)) !== null && later(0);
  window.addEventListener("online", sendKept);
  setInterval(sendKept, AGAIN_MS);
}

each("form[data-note]", watch);
