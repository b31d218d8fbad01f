// The behaviours of every page. Each works by data attributes on what the server sent, listens on the
// document (so that swapped parts behave too), and takes nothing away from a page without script.

import "@digdir/designsystemet-web/ds-error-summary";
import "./behaviours/requests.js";
import "./behaviours/keys.js";
import "./behaviours/together.js";
import "./behaviours/beside.js";
import "./behaviours/live.js";
import "./behaviours/menus.js";
import "./behaviours/toasts.js";
import "./behaviours/scheme.js";
import "./behaviours/guard.js";
import "./behaviours/waiting.js"; // after the guard, which may keep the page
import "./behaviours/print.js";
import "./behaviours/figures.js";
import "./behaviours/room.js";
import "./behaviours/notes.js";
import "./behaviours/offline.js";
import "./behaviours/order.js";
import "./behaviours/sliders.js";
import "./behaviours/playing.js";
import "./behaviours/own.js";

document.documentElement.dataset.js = "";
