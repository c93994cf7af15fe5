// The picture of an explorer's grid: lines, bars or a map, out of the very numbers of the table below it.
import { chartIn, DARK, LIGHT } from "./charts";
import type { Area } from "./document";
import { drawGrid, type Series } from "./lines";
import { boundaries, drawMap } from "./map";

interface Picture {
  shown: "line" | "bar" | "map";
  steps: string[];
  series: Series[];
  map?: { unit: string; label: string; areas: Area[] };
}

const said = document.getElementById("explored")?.textContent;
const picture = said ? (JSON.parse(said) as Picture) : null;
const chart = chartIn("picture", () => draw());

function draw(): void {
  if (!picture) return;
  const paint = document.documentElement.dataset.bsTheme === "dark" ? DARK : LIGHT;
  if (picture.map?.areas.length) drawMap(chart, { map: { ...picture.map, self: null } }, paint);
  else if (picture.shown !== "map") drawGrid(chart, picture.shown, picture.steps, picture.series, paint);
}

if (picture?.shown === "map") void boundaries("/screen/boundaries.json").then(draw);
else draw();
new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
