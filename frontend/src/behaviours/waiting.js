// «Henter …» after one second. The old content stays until the new is there.

const PATIENCE_MS = 1000;
const line = () => document.querySelector("[data-waiting]");
let open = 0;
let timer;

function begin() {
  open += 1;
  clearTimeout(timer);
  timer = setTimeout(() => line()?.removeAttribute("hidden"), PATIENCE_MS);
}

function end() {
  open = Math.max(0, open - 1);
  if (open) return;
  clearTimeout(timer);
  line()?.setAttribute("hidden", "");
}

document.addEventListener("htmx:before:request", begin);
document.addEventListener("htmx:finally:request", end);

// Leaving the page is waiting too. But a file that is saved never replaces the page, and so nothing would
// take the line away again: known ones do not count, and for the rest it goes after a while.
const LEAVING_MS = 15_000;
let saves = false;
document.addEventListener("click", (event) => {
  saves = Boolean(event.target.closest?.("a[download], a[href^='mailto:'], a[href^='tel:'], a[target]"));
}, true);
window.addEventListener("beforeunload", (event) => {
  if (saves || event.defaultPrevented) return;
  begin();
  setTimeout(end, LEAVING_MS);
});
window.addEventListener("pageshow", () => {
  open = 0;
  end();
});
