// What was done, with «Angre», for ten seconds. Longer while someone points at it or stands in it.
// Those that came with the page are put in again, so that screen readers read them out.

import { each } from "./each.js";

const STAYS_MS = 10_000;
const READ_OUT_MS = 150;

each("[data-toast]", (toast) => {
  const region = toast.parentElement;
  if (region?.matches("[aria-live]")) {
    toast.remove();
    setTimeout(() => region.append(toast), READ_OUT_MS);
  }
  let timer;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), STAYS_MS);
  };
  const hold = () => clearTimeout(timer);
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, start);
  start();
});
