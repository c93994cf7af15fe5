// Keys: j and k walk the rows, Enter opens (the link has the focus), / goes to the filter,
// x ticks the row, Ctrl+Enter sends the form one is in, Ctrl+K opens the search.
import { openPalette } from "./palette";

const ROWS = ".rows tbody tr, [data-row]";

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)].filter((row) => row.querySelector("a[href]"));
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + by, 0), rows.length - 1);
  const link = rows[next]?.querySelector<HTMLElement>("a[href]");
  link?.focus({ preventScroll: true });
  rows[next]?.scrollIntoView({ block: "nearest" });
}

export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === "Enter") {
      const form = (event.target as HTMLElement).closest("form");
      if (form && form.method !== "dialog") {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (command && event.key.toLowerCase() === "k") {
      if (openPalette()) event.preventDefault();
      return;
    }
    if (command || event.altKey || typing(event.target)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "x") {
      const row = (document.activeElement as HTMLElement | null)?.closest("tr, [data-row]");
      row?.querySelector<HTMLInputElement>("input[data-check]")?.click();
    } else if (event.key === "/") {
      const filter = document.querySelector<HTMLElement>("[data-filter], main input[type=search]");
      if (!filter) return;
      event.preventDefault();
      filter.focus();
    }
  });
}
