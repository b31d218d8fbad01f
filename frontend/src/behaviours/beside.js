// A list with the chosen thing beside it, where there is room; where there is not, links are links.
//
//   #valgt                what is chosen is shown here: the part #pasient of the page it has
//   a[data-beside]        leads there; in a [data-row] of the list, that row is the current one
//   form in #valgt        is sent and answered there
//   form[data-here]       steps of rows, answered in the list (#ko) alone
//   [data-acts]           the acts of a row ([data-step] the steps), put into the row one stands in: those in its
//                         data-can, about its data-patient and data-alert
//   [data-count]          how many rows are chosen; the choice is kept while the list is fetched anew

import htmx from "htmx.org";
import { each } from "./each.js";

const WIDE = matchMedia("(min-width: 992px)");
const pane = () => document.getElementById("valgt");
const isWide = () => WIDE.matches && pane() !== null;
let current = "";
let chosen = new Set();

const intoPane = { target: "#valgt", select: "#pasient", swap: "innerHTML" };
const intoList = { target: "#ko", select: "#ko", swap: "outerHTML" };

function mark() {
  for (const row of document.querySelectorAll("#ko [data-row]")) {
    if (row.dataset.patient === current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

function count() {
  const boxes = [...document.querySelectorAll('#ko input[name="linje"]:checked')];
  chosen = new Set(boxes.map((box) => box.value));
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = boxes.length ? `(${boxes.length})` : "";
}

async function show(address, row) {
  if (row) {
    current = row.dataset.patient;
    mark();
  }
  await htmx.ajax("GET", address, intoPane);
  const first = pane().querySelector("[data-first]");
  if (first) first.focus();
  else if (!row) pane().focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-beside]");
  if (!link || !isWide() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href, link.closest("[data-row]"));
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const address = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  if (!pane() || !address || form.method !== "post" || form.hasAttribute("hx-post")) return;
  const isStep = form.matches("[data-here]");
  if (!isStep && !(pane().contains(form) && isWide())) return;
  event.preventDefault();
  const into = isStep ? intoList : intoPane;
  htmx.ajax("POST", address, { source: form, event, ...into });
});

document.addEventListener("change", (event) => {
  if (event.target.matches?.('input[name="linje"]')) count();
});

// A line whose alerts are others than when it was chosen is not chosen any more: nobody has seen them.
document.addEventListener("htmx:after:swap", () => {
  if (!document.getElementById("ko")) return;
  mark();
  for (const box of document.querySelectorAll('#ko input[name="linje"]')) box.checked = chosen.has(box.value);
  count();
});

function giveActs(row) {
  const place = row.querySelector(".s-al__do");
  const all = document.querySelector("template[data-acts]");
  if (!place || !all || place.childElementCount) return;
  const can = ["", ...row.dataset.can.split(" ")];
  const page = row.querySelector("[data-row-main]").getAttribute("href");
  for (const act of all.content.children) {
    const { step } = act.dataset;
    if (!can.includes(step)) continue;
    const own = place.appendChild(act.cloneNode(true));
    const address = step ? `${page}varsler/${row.dataset.alert}/${step}/` : page;
    own.setAttribute(own.matches("a") ? "href" : "formaction", address);
  }
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("#ko [data-row]");
  if (row) giveActs(row);
});

each("#ko", count);
