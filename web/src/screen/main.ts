// The command screen. The page is whole without this; it draws the pictures and asks for the page again.
import "./screen.css";

import { chartIn, DARK, LIGHT, type Paint, ready } from "./charts";
import { carried } from "./document";
import { drawSectors, drawTrend } from "./lines";
import { boundaries, drawMap } from "./map";

const EVERY_MS = 20_000;
let screen = carried(document);
let tag = "";
const charts = { map: chartIn("map", () => screen && drawMap(charts.map, screen, DARK)), trend: chartIn("trend"), sectors: chartIn("sectors") };

function draw(paint: Paint = DARK): void {
  if (!screen) return;
  drawTrend(charts.trend, screen, paint);
  drawSectors(charts.sectors, screen, paint);
  drawMap(charts.map, screen, paint);
}

/** Put in what is new, part by part; a table that is open stays open. */
function renew(page: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const now = page.querySelector<HTMLElement>(`[data-live="${old.dataset.live}"]`);
    if (now && now.innerHTML !== old.innerHTML) old.replaceChildren(...now.childNodes);
  }
}

async function ask(): Promise<void> {
  const stale = () => document.getElementById("stale");
  try {
    const answer = await fetch(window.location.href, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status === 200 && !answer.redirected) {
      tag = answer.headers.get("ETag") ?? "";
      renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
      screen = carried(document);
      draw();
    }
    stale()?.toggleAttribute("hidden", answer.status === 304 || answer.ok);
    if (answer.redirected) window.location.reload(); // signed out: the door says so
  } catch {
    stale()?.removeAttribute("hidden");
  }
}

function listen(): void {
  for (const print of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  for (const choice of document.querySelectorAll<HTMLSelectElement>(".screen-ask select")) {
    choice.addEventListener("change", () => choice.form?.requestSubmit());
  }
  window.addEventListener("beforeprint", () => {
    draw(LIGHT);
    Object.values(charts).forEach(ready);
  });
  window.addEventListener("afterprint", () => draw());
  window.setInterval(() => {
    if (!document.hidden) void ask();
  }, EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void ask();
  });
}

document.documentElement.classList.add("js");
listen();
draw();
void boundaries(document.getElementById("map")?.dataset.boundaries ?? "").then(() => draw());
