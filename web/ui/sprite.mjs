// Writes assets/sprite.svg: the icons that src/icon.rs names, taken from lucide-static (argument: its folder).
import { readFileSync, writeFileSync, copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const lucide = process.argv[2];
const list = readFileSync(join(here, "src/icon.rs"), "utf8").match(/^icons! \{([\s\S]*?)^\}/m)[1];
const names = [...list.matchAll(/"([a-z0-9-]+)"/g)].map((found) => found[1]);

const symbols = names.map((name) => {
  const svg = readFileSync(join(lucide, "icons", `${name}.svg`), "utf8");
  const body = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>[\s\S]*$/, "");
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${body.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
});
writeFileSync(join(here, "assets/sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg" hidden="">\n${symbols.join("\n")}\n</svg>\n`);
copyFileSync(join(lucide, "LICENSE"), join(here, "assets/LICENSE-lucide"));
console.log(`${names.length} icons`);
