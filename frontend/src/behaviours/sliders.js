// A slider and the number beside it are one value. Without script there is the number alone.

import { each } from "./each.js";

each("input[data-slides]", (slider) => {
  const number = document.getElementById(slider.dataset.slides);
  if (!number) return;
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", (event) => {
    if (event.isTrusted && number.value !== "") slider.value = number.value;
  });
});
