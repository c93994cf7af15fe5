// Ctrl+K: one box over the page for hazards, firms and pages. The server finds and words; here the arrows walk
// the answers and Enter opens one. Without script the box in the head leads to /search/.

const WAIT_MS = 120;

class Palette {
  private readonly dialog = document.createElement("dialog");
  private readonly input = document.createElement("input");
  private readonly answers = document.createElement("div");
  private readonly status = document.createElement("p");
  private asked: AbortController | undefined;
  private timer = 0;
  private at = -1;

  constructor(private readonly address: string, label: string) {
    this.dialog.className = "palette";
    this.dialog.setAttribute("aria-label", label);
    Object.assign(this.input, { type: "search", className: "form-control", maxLength: 60, placeholder: label });
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-label": label, "aria-controls": "palette-answers", "aria-expanded": "true",
      "aria-autocomplete": "list", autocomplete: "off",
    })) this.input.setAttribute(name, value);
    this.answers.id = "palette-answers";
    this.answers.className = "palette-answers";
    this.answers.setAttribute("role", "listbox");
    this.answers.setAttribute("aria-label", label);
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.dialog.append(this.input, this.answers, this.status);
    document.body.append(this.dialog);
    this.input.addEventListener("input", () => this.later());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  open(): void {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.input.select();
    if (!this.answers.childElementCount) void this.ask();
  }

  private later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.ask(), WAIT_MS);
  }

  private async ask(): Promise<void> {
    this.asked?.abort();
    this.asked = new AbortController();
    const query = new URLSearchParams({ q: this.input.value.trim(), bare: "1" });
    try {
      const answer = await fetch(`${this.address}?${query}`, { signal: this.asked.signal, credentials: "same-origin" });
      if (answer.redirected || !answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.status.textContent = page.querySelector("[data-found-count]")?.textContent ?? "";
      page.querySelector("[data-found-count]")?.remove();
      this.answers.replaceChildren(...page.body.childNodes);
      this.hits().forEach((hit, n) => {
        hit.id = `palette-${n}`;
        hit.tabIndex = -1;
        hit.setAttribute("role", "option");
      });
      this.choose(this.hits().length ? 0 : -1);
    } catch (error) {
      if ((error as Error).name !== "AbortError") throw error;
    }
  }

  private hits(): HTMLAnchorElement[] {
    return [...this.answers.querySelectorAll<HTMLAnchorElement>("a[data-hit]")];
  }

  private choose(at: number): void {
    const hits = this.hits();
    this.at = hits.length ? (at + hits.length) % hits.length : -1;
    hits.forEach((hit, n) => hit.setAttribute("aria-selected", String(n === this.at)));
    const chosen = hits[this.at];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.choose(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      const chosen = this.hits()[this.at];
      if (chosen) location.assign(chosen.href);
      else if (this.input.value.trim()) location.assign(`${this.address}?q=${encodeURIComponent(this.input.value.trim())}`);
    }
  }
}

let palette: Palette | undefined;

/** Open it; false where this page has no search. */
export function openPalette(): boolean {
  const box = document.getElementById("search") as HTMLInputElement | null;
  if (!box?.form) return false;
  palette ??= new Palette(box.form.action, box.placeholder);
  palette.open();
  return true;
}
