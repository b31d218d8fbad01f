// A button that prints is of use only with script: it is sent hidden and shown here.

import { each } from "./each.js";

each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
