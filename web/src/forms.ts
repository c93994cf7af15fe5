// Forms: nothing goes off twice, and htmx sends the CSRF token and says when the network fails.
import { csrf, say, word } from "./page";

const BY_HTMX = "[hx-post], [hx-put], [hx-patch], [hx-delete]";
type Submitter = HTMLButtonElement | HTMLInputElement;

function submitters(form: HTMLFormElement): Submitter[] {
  return [...form.elements].filter(
    (e): e is Submitter =>
      (e instanceof HTMLButtonElement || e instanceof HTMLInputElement) && e.type === "submit",
  );
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of submitters(form)) button.classList.remove("is-sending");
}

export function guardForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === "get" || form.target === "_blank" || "mayRepeat" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    (event.submitter as Submitter | null)?.classList.add("is-sending");
    // another listener may have stopped it (an unfinished upload)
    window.setTimeout(() => event.defaultPrevented && !form.matches(BY_HTMX) && release(form), 0);
  }, true);

  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) release(form);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const { headers, verb } = (event as CustomEvent).detail;
    if (verb !== "get") headers["X-CSRFToken"] = csrf();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = (event as CustomEvent).detail.elt.closest("form");
    if (form) release(form);
  });
  document.addEventListener("htmx:sendError", () => say(word("offline")));
  document.addEventListener("htmx:responseError", () => say(word("failed")));
}
