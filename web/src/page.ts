// What several scripts need of the page: its words (translated by the server) and its live region.

/** A sentence from the page's `#words` element, with %s filled in; "" where it is missing. */
export function word(name: string, ...values: (string | number)[]): string {
  let text = document.getElementById("words")?.dataset[name] ?? "";
  for (const value of values) text = text.replace("%s", String(value));
  return text;
}

/** Say something to screen readers, and show it for a moment at the lower edge. */
export function say(text: string): void {
  const region = document.getElementById("live");
  if (!region || !text) return;
  region.textContent = text;
  region.classList.add("is-on");
  window.setTimeout(() => region.classList.remove("is-on"), 3000);
}

export function csrf(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

import sprite from "../generated/icons.svg?url";
