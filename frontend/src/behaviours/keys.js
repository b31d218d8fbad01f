// Keys for those who work here all day. Shown at the foot of the list, never required, and off while a
// field has focus. WCAG 2.1.4: they can be switched off, and the choice is remembered on this machine.
//
//   [data-keys]            a list that has keys; its rows are [data-row]
//   [data-keys-jk]         J and K move as the arrows do, and the row the address points at is chosen
//   [data-keys-own]        a key presses something in the chosen row alone, or in #valgt when one stands there or
//                          the row is the current one: never something of another row's
//   [data-key="E"]         the element a key clicks: in the chosen row first, then in the list, then on the page
//   [data-key-next="H"]    elements a key moves between
//   [data-search]          what / moves to
//   [data-keys-help]       the dialog ? opens; [data-keys-switch] in it is the checkbox

const STORE = "samspill.keys";
const FIELDS = "input, select, textarea, [contenteditable]";

function areOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true; // storage is closed to us: keys are on, and can be switched off until the page is left
  }
}

let on = areOn();

function keep(value) {
  on = value;
  try {
    localStorage.setItem(STORE, value ? "on" : "off");
  } catch {
    // nothing to remember it in
  }
}

const isShown = (element) => element.getClientRects().length > 0 && !element.disabled;
const shown = (root, selector) => [...root.querySelectorAll(selector)].filter(isShown);
const currentRow = () => document.activeElement?.closest("[data-row]") ?? document.querySelector("[data-row][data-on]");

function choose(row) {
  for (const other of document.querySelectorAll("[data-row][data-on]")) other.removeAttribute("data-on");
  row.setAttribute("data-on", "");
  const main = shown(row, "[data-row-main]")[0] ?? shown(row, "a[href], summary, button")[0];
  main?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(list, by) {
  const rows = shown(list, "[data-row]");
  if (!rows.length) return false;
  const at = rows.indexOf(currentRow());
  choose(rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)]);
  return true;
}

function placesFor(list) {
  const row = currentRow();
  const beside = document.getElementById("valgt");
  if (!("keysOwn" in list.dataset)) return [row, list, document].filter(Boolean);
  if (beside?.contains(document.activeElement)) return [beside];
  return row?.matches("[aria-current]") && beside ? [beside, row] : [row].filter(Boolean);
}

function press(list, key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const focused = document.activeElement?.closest(selector);
  const places = placesFor(list);
  const found = focused ?? places.map((place) => shown(place, selector)[0]).find(Boolean);
  found?.click();
  return Boolean(found);
}

function goToNext(list, key) {
  const all = shown(list, `[data-key-next="${CSS.escape(key)}"]`);
  if (!all.length) return false;
  const here = list.contains(document.activeElement) ? document.activeElement : currentRow() ?? list;
  const isAfter = (element) => here.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = all.find(isAfter) ?? all[0];
  const row = next.closest("[data-row]");
  if (row) choose(row);
  next.focus();
  return true;
}

function search() {
  const [target] = shown(document, "[data-search]");
  if (target?.matches("a")) target.click();
  else target?.select();
  return Boolean(target);
}

function help() {
  const dialog = document.querySelector("[data-keys-help]");
  if (!dialog || dialog.open) return false;
  dialog.querySelector("[data-keys-switch]").checked = on;
  dialog.showModal();
  return true;
}

function answer(key) {
  if (key === "?") return help();
  if (!on) return false;
  if (key === "/") return search();
  const list = document.querySelector("[data-keys]");
  if (!list) return false;
  if (key === "ArrowDown") return step(list, 1);
  if (key === "ArrowUp") return step(list, -1);
  if (key.length !== 1) return false;
  if ("keysJk" in list.dataset && "jk".includes(key.toLowerCase())) return step(list, key.toLowerCase() === "j" ? 1 : -1);
  return goToNext(list, key.toUpperCase()) || press(list, key.toUpperCase());
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
  if (event.repeat && !event.key.startsWith("Arrow")) return;
  if (answer(event.key)) event.preventDefault();
});

// After an act the address points at the next row that waits.
function chooseFromAddress() {
  const id = decodeURIComponent(window.location.hash.slice(1));
  const row = id && document.querySelector("[data-keys-jk]")?.querySelector(`[data-row]#${CSS.escape(id)}`);
  if (row) choose(row);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", chooseFromAddress);
else chooseFromAddress();

// A row that is swapped for its new self keeps its place, and the focus that was in it.
let swapped;
document.addEventListener("htmx:before:swap", () => {
  swapped = currentRow()?.id;
});
document.addEventListener("htmx:after:swap", () => {
  const row = swapped && document.getElementById(swapped);
  if (row && document.activeElement === document.body) choose(row);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-keys-open]")) help();
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-keys-switch]")) keep(event.target.checked);
});
