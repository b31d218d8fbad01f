// Charts need a megabyte. It is fetched when there is a chart, once.

import { each } from "./each.js";

const FIGURES = "[data-chart], [data-chart-url]";
let loading;

function load() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.charts;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`Could not fetch ${script.src}`));
    document.head.append(script);
  });
  return loading;
}

each(FIGURES, async (host) => {
  try {
    await load();
    await window.samspillCharts.draw(host);
  } catch (error) {
    console.error(error);
    showTable(host);
  }
});

// No picture: the table under it says the same.
function showTable(host) {
  host.replaceChildren();
  host.dataset.failed = "";
  const table = host.closest("figure")?.querySelector("details[data-figure-table]");
  if (table) table.open = true;
}
