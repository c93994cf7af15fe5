// Menus are <details>; they work by themselves. Here they only close when one looks elsewhere.

const OPEN = "details.menu[open]";

export function tidyMenus(): void {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    if (location.hash === "#menu") location.hash = "#main";
  });
}
