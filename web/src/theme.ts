// Light or dark. The server writes the choice into the page, so that nothing flashes; without script the
// form posts and the server sets the same cookie. Where nobody has chosen, the system's wish is followed and
// remembered, so that the next page comes in it from the start.

const A_YEAR = 31_536_000;
const CHOSEN = "anlan_theme";
const SYSTEM = "anlan_system_theme";

function keep(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
}

function followSystem(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = (): void => {
    if (document.cookie.includes(`${CHOSEN}=`) || "fixedTheme" in document.documentElement.dataset) return;
    const wish = dark.matches ? "dark" : "light";
    document.documentElement.dataset.bsTheme = wish;
    if (!document.cookie.includes(`${SYSTEM}=${wish}`)) keep(SYSTEM, wish);
  };
  dark.addEventListener("change", follow);
  follow();
}

export function toggleTheme(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!("theme" in form.dataset)) return;
    event.preventDefault();
    const root = document.documentElement;
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = next;
    keep(CHOSEN, next);
  });
  followSystem();
}
