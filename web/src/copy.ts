// Buttons that need a script: copy an address, print the page. CSS hides them where there is none.
import { say, word } from "./page";

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // no clipboard without https, which is how many offices run inside their network
    const box = document.createElement("textarea");
    box.value = text;
    box.className = "visually-hidden";
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  }
}

export function copyAndPrint(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy], [data-print]");
    if (!button) return;
    event.preventDefault();
    if ("print" in button.dataset) {
      window.print();
      return;
    }
    const text = button.dataset.copy || location.href;
    if (await copy(text)) say(word("copied"));
  });
}
