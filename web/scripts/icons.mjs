// Builds generated/icons.svg, one <symbol> for each line of icons.txt, from the Tabler package.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const web = new URL("../", import.meta.url);
const names = readFileSync(new URL("icons.txt", web), "utf8")
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line && !line.startsWith("#"));

const symbols = names.map((name) => {
  const source = readFileSync(new URL(`node_modules/@tabler/icons/icons/outline/${name}.svg`, web), "utf8");
  const shapes = source
    .slice(source.indexOf(">") + 1, source.lastIndexOf("</svg>"))
    .replace(/<path stroke="none"[^>]*>/, "")
    .replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
    `stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`
  );
});
mkdirSync(new URL("generated/", web), { recursive: true });
writeFileSync(
  new URL("generated/icons.svg", web),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
);
console.log(`${names.length} icons`);
