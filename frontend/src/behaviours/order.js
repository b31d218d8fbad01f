// Rows that are dragged into another order by their grip. Without a mouse there are buttons and keys.
//
//   [data-order]  the list; [data-order-item="12"] its rows; [data-order-grip] what one takes hold of
//   form[data-order-form]  gets the numbers in their new order

import { each } from "./each.js";

function order(list) {
  return [...list.querySelectorAll("[data-order-item]")].map((row) => row.dataset.orderItem).join(",");
}

function watch(list) {
  let row;
  let before;
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-order-grip]");
    if (!grip) return;
    event.preventDefault();
    row = grip.closest("[data-order-item]");
    before = order(list);
    row.setAttribute("data-on", "");
    list.setPointerCapture(event.pointerId);
  });
  list.addEventListener("pointermove", (event) => {
    if (!row) return;
    for (const other of list.querySelectorAll("[data-order-item]")) {
      const box = other.getBoundingClientRect();
      if (other === row || event.clientY < box.top || event.clientY > box.bottom) continue;
      if (event.clientY < box.top + box.height / 2) other.before(row);
      else other.after(row);
      return;
    }
  });
  list.addEventListener("pointerup", () => {
    if (!row) return;
    row.removeAttribute("data-on");
    row = undefined;
    if (order(list) === before) return;
    const form = document.querySelector("form[data-order-form]");
    form.elements.rekkefolge.value = order(list);
    form.submit();
  });
}

each("[data-order]", watch);
