// Draws Vega-Lite specifications as SVG, without eval and without styles of its own.
//
// The same specification and configuration (documents/figures/) are drawn on the server for paper. Here each
// colour of the palette becomes its custom property, so that a chart follows light, dark and print by
// itself. Colour scales must therefore be stepped, not continuous: a ramp cannot be mixed from names.
//
//   <div data-chart="id-of-script">      the specification in <script type="application/json" id=…>
//   <div data-chart-url="/tall/…">       or at an address
//
// A specification may be {"wide": …, "narrow": …}: two drawings, so that text is never scaled down.

import embed from "vega-embed";
import { expressionInterpreter } from "vega-interpreter";
import config from "../../src/samspill/documents/figures/vega-config.json";
import locales from "../../src/samspill/documents/figures/locale.json";
import palette from "../../src/samspill/documents/figures/palette.json";

const NARROW = window.matchMedia("(max-width: 48rem)");
const names = new Map();
for (const [name, value] of Object.entries(palette)) {
  if (Array.isArray(value) && !names.has(value[0])) names.set(value[0], `var(--${name}, ${value[0]})`);
}

function recoloured(value) {
  if (typeof value === "string") return names.get(value.toLowerCase()) ?? value;
  if (Array.isArray(value)) return value.map(recoloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, recoloured(inner)]));
  }
  return value;
}

async function specification(host) {
  if (host.dataset.chart) return JSON.parse(document.getElementById(host.dataset.chart).textContent);
  const answer = await fetch(host.dataset.chartUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} from ${host.dataset.chartUrl}`);
  return answer.json();
}

function suited(spec) {
  const chosen = spec.wide ? (NARROW.matches ? spec.narrow ?? spec.wide : spec.wide) : spec;
  const width = chosen.width ?? (chosen.mark || chosen.layer ? "container" : undefined);
  return recoloured({ ...chosen, ...(width && { width }), autosize: chosen.autosize ?? { type: "fit-x", contains: "padding" } });
}

const settings = {
  mode: "vega-lite",
  renderer: "svg",
  actions: false,
  ast: true,
  expr: expressionInterpreter,
  defaultStyle: false,
  tooltip: { disableDefaultStyle: true },
};

async function draw(host) {
  const spec = await specification(host);
  const locale = locales[document.documentElement.lang] ?? locales.nb;
  let view;
  const turned = new Map();
  // a parameter of the drawing that something on the page moves; it stands when the drawing is made anew
  host.addEventListener("samspill:turn", ({ detail }) => {
    turned.set(detail.name, detail.value);
    view?.signal(detail.name, detail.value).run();
  });
  const redraw = async () => {
    view?.finalize();
    const result = await embed(host, suited(spec), {
      ...settings,
      config: recoloured(config),
      formatLocale: locale.number,
      timeFormatLocale: locale.time,
    });
    view = result.view;
    for (const [name, value] of turned) view.signal(name, value);
    if (turned.size) view.run();
  };
  await redraw();
  if (spec.wide) NARROW.addEventListener("change", redraw);
  // A folded part that opens and a column that moves change the width without the window changing.
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (host.clientWidth === width || !host.clientWidth) return;
    width = host.clientWidth;
    window.dispatchEvent(new Event("resize"));
  }).observe(host);
}

window.samspillCharts = { draw };
