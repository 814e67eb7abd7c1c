// Bundles style and script into the folder given as the first argument: hashed names and a manifest.json.
// `licences.txt` holds the licence of every package that is inside.
// `main` is on every page; the map and the plots are loaded by it only where a page shows one.
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
if (!target) throw new Error("usage: node bundle.mjs FOLDER");

const made = await build({
  absWorkingDir: here,
  entryPoints: { main: "script/main.js", style: "style/main.css" },
  outdir: target,
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: ["es2022", "chrome110", "firefox115", "safari16.4"],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".json": "file", ".png": "empty" },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const assets = {};
for (const [path, output] of Object.entries(made.metafile.outputs)) {
  if (output.entryPoint === "script/main.js") assets["main.js"] = basename(path);
  if (output.entryPoint === "style/main.css") assets["main.css"] = basename(path);
}
await writeFile(join(target, "manifest.json"), JSON.stringify(assets, null, 1) + "\n");

const inside = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) inside.add(found[1]);
}
const texts = [];
for (const name of [...inside].sort()) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((f) => /^licen[cs]e/i.test(f));
  const text = file ? await readFile(join(folder, file), "utf8") : "";
  texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
}
await writeFile(join(target, "licences.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
