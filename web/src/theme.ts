// Light or dark. The server writes the choice into the page, so that nothing flashes; without script the
// form posts and the server sets the same cookie.

const A_YEAR = 31_536_000;

export function toggleTheme(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!("theme" in form.dataset)) return;
    event.preventDefault();
    const root = document.documentElement;
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    root.dataset.bsTheme = next;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `anlan_theme=${next}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
  });
}
