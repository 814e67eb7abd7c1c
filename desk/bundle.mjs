// Bundles style and script into the folder given as the first argument: hashed names and a manifest.json.
// `main` is on every page; the map and the plots are loaded by it only where a page shows one.
import { build } from "esbuild";
import { writeFile } from "node:fs/promises";
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
  legalComments: "linked",
  metafile: true,
  logLevel: "warning",
});

const assets = {};
for (const [path, output] of Object.entries(made.metafile.outputs)) {
  if (output.entryPoint === "script/main.js") assets["main.js"] = basename(path);
  if (output.entryPoint === "style/main.css") assets["main.css"] = basename(path);
}
await writeFile(join(target, "manifest.json"), JSON.stringify(assets, null, 1) + "\n");
