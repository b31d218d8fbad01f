// Two columns that follow each other: a row that is chosen shows the lines it was read from.
//
//   [data-together]               the document; its lines have the ids l1, l2 …
//   [data-row][data-line][data-last]   a row, and the first and last line it stands on

const documentPart = () => document.querySelector("[data-together]");

function show(row) {
  const part = documentPart();
  if (!part || !row?.dataset.line) return;
  for (const line of part.querySelectorAll("[data-on]")) line.removeAttribute("data-on");
  const first = Number(row.dataset.line);
  for (let number = first; number <= Number(row.dataset.last); number += 1) {
    document.getElementById(`l${number}`)?.setAttribute("data-on", "");
  }
  const line = document.getElementById(`l${first}`);
  if (line) part.scrollTo({ top: line.offsetTop - part.clientHeight / 3 }); // sticky, so lines count from its own top
}

document.addEventListener("focusin", (event) => show(event.target.closest?.("[data-row]")));

// What is unfolded in a row is there to be filled in.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.open && event.target.matches(".s-cand__more")) event.target.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  },
  true,
);
