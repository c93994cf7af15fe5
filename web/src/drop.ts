// A place to drop a file: <label data-drop> around a file field. Without script the field itself is pressed.

export function takeDropped(): void {
  for (const kind of ["dragover", "dragleave", "drop"] as const) {
    document.addEventListener(kind, (event) => {
      const place = (event.target as Element).closest?.<HTMLElement>("[data-drop]");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("is-over", kind === "dragover");
      const input = place.querySelector<HTMLInputElement>("input[type=file]");
      if (kind !== "drop" || !input || !event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
