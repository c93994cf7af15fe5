// Selecting many rows: the box in the head selects all of its table, and a bar says how many.

function refresh(scope: Element): void {
  const boxes = [...scope.querySelectorAll<HTMLInputElement>("input[data-check]")];
  const chosen = boxes.filter((box) => box.checked).length;
  for (const all of scope.querySelectorAll<HTMLInputElement>("input[data-check-all]")) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  for (const count of scope.querySelectorAll("[data-checked-count]")) count.textContent = String(chosen);
  for (const bar of scope.querySelectorAll<HTMLElement>("[data-checked-bar]")) bar.hidden = chosen === 0;
}

export function countChecked(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (!(box instanceof HTMLInputElement)) return;
    const scope = box.closest("[data-selection]") ?? box.closest("form");
    if (!scope) return;
    if ("checkAll" in box.dataset) {
      for (const each of scope.querySelectorAll<HTMLInputElement>("input[data-check]")) each.checked = box.checked;
    }
    if ("checkAll" in box.dataset || "check" in box.dataset) refresh(scope);
  });
  for (const scope of document.querySelectorAll("[data-selection]")) refresh(scope);
}
