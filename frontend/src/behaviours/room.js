// The meeting room: what is typed is kept by itself, Enter saves and opens the next item, and points are added.
//
//   form[data-room][data-save]    the open item; fields «based-…» hold the rows it was drawn from
//   [data-room-status]            says that it is saved
//   [data-room-choose="…"]        chooses an outcome
//   [data-room-more]              one more point, from template[data-room-point]
//   [data-room-method]            shows [data-votes] when it is put to the vote

const PAUSE_MS = 1200;
const VOTED = ["majority", "majority_per_bloc"];
const form = () => document.querySelector("form[data-room]");
let timer;
let going = Promise.resolve();

function say(which) {
  const status = document.querySelector("[data-room-status]");
  if (status) status.textContent = status.dataset[which] ?? "";
}

async function keep(room) {
  const body = new FormData(room);
  try {
    const answer = await fetch(room.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) return say("lost");
    const { rows, beside } = await answer.json();
    for (const [part, row] of Object.entries(rows)) {
      const field = room.querySelector(`[name="based-${part}"]`);
      if (field) field.value = row;
    }
    say(beside ? "beside" : "saved");
  } catch {
    say("lost");
  }
}

document.addEventListener("input", (event) => {
  const room = event.target.closest?.("form[data-room]");
  if (!room || event.target.name === "outcome") return;
  clearTimeout(timer);
  timer = setTimeout(() => (going = going.then(() => keep(room))), PAUSE_MS);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-room]")) clearTimeout(timer);
});

// Enter where nothing else takes it: the item is saved. With a reason to choose, it moves there instead.
document.addEventListener("keydown", (event) => {
  const room = form();
  if (!room || event.key !== "Enter" || event.defaultPrevented || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("a, button, summary, textarea, input:not([name=outcome]), select") || document.querySelector("dialog[open]")) return;
  const chosen = room.querySelector("[name=outcome]:checked");
  if (!chosen) return;
  event.preventDefault();
  const reason = room.querySelector(`[data-for="${chosen.value}"] [name=reason]`);
  if (reason) reason.focus();
  else room.requestSubmit();
});

document.addEventListener("click", (event) => {
  const choose = event.target.closest?.("[data-room-choose]");
  const wanted = choose && form()?.querySelector(`[name=outcome][value="${choose.dataset.roomChoose}"]`);
  if (wanted) {
    wanted.checked = true;
    wanted.dispatchEvent(new Event("change", { bubbles: true }));
    form().querySelector(`[data-for="${wanted.value}"] [name=reason]`)?.focus();
  }
  if (event.target.closest?.("[data-room-more]")) addPoint();
});

function addPoint() {
  const room = form();
  const list = room.querySelector("ol.s-points");
  const point = room.querySelector("template[data-room-point]").content.cloneNode(true);
  const number = list.children.length + 1;
  for (const field of point.querySelectorAll("[data-field]")) field.name = `${field.dataset.field}-${number}`;
  const text = point.querySelector("textarea");
  text.setAttribute("aria-label", text.getAttribute("aria-label").replace("0", number));
  list.append(point);
  text.focus();
}

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-room-method]")) return;
  const votes = document.querySelector("[data-votes]");
  votes.hidden = votes.disabled = !VOTED.includes(event.target.value);
});
