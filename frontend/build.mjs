// Builds dist/: app.css, app.js, charts.js, mark.svg, icon-*.png and fonts/. No network, under a second.
//
//   node build.mjs            all of it, minified
//   node build.mjs --watch    again at every change, with readable names
//
// Colours are written once, in documents/figures/palette.json: the style sheet gets them as custom
// properties (light, dark, and light on paper), charts get them by the same names.

import { copyFile, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const here = new URL("./", import.meta.url);
const path = (name) => fileURLToPath(new URL(name, here));
const PALETTE = path("../src/samspill/documents/figures/palette.json");
const watch = process.argv.includes("--watch");

function properties(palette, scheme) {
  return Object.entries(palette)
    .map(([name, value]) => `--${name}:${typeof value === "string" ? `var(--${value})` : value[scheme]};`)
    .join("");
}

function paletteCss(palette) {
  const light = properties(palette, 0);
  const dark = properties(palette, 1);
  return `
    :root, [data-color-scheme="light"] { ${light} color-scheme: light; }
    @media screen {
      [data-color-scheme="dark"] { ${dark} color-scheme: dark; }
      @media (prefers-color-scheme: dark) { [data-color-scheme="auto"] { ${dark} color-scheme: dark; } }
    }
    @media print { [data-color-scheme] { ${light} color-scheme: light; } }`;
}

const palettePlugin = {
  name: "palette",
  setup(bundle) {
    bundle.onResolve({ filter: /^samspill:palette$/ }, () => ({ path: PALETTE, namespace: "palette" }));
    bundle.onLoad({ filter: /.*/, namespace: "palette" }, async ({ path }) => ({
      contents: paletteCss(JSON.parse(await readFile(path, "utf8"))),
      loader: "css",
      watchFiles: [path],
    }));
  },
};

const options = {
  entryPoints: [path("src/app.js"), path("src/app.css"), path("src/charts.js")],
  outdir: path("dist"),
  bundle: true,
  minify: !watch,
  format: "iife",
  target: ["es2022", "chrome111", "firefox111", "safari16.4"],
  charset: "utf8",
  legalComments: "linked",
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  plugins: [palettePlugin],
  logLevel: "warning",
};

const started = performance.now();
await rm(options.outdir, { recursive: true, force: true });
if (watch) {
  const watching = await context(options);
  await watching.watch();
} else {
  await build(options);
}
for (const name of ["mark.svg", "icon-192.png", "icon-512.png"]) await copyFile(path(`src/${name}`), path(`dist/${name}`));
console.log(`Front end ${watch ? "watched" : "built"} in ${Math.round(performance.now() - started)} ms.`);
