// Fields marked data-upload send each file as soon as it is chosen and put its token into the form.
//   <input type="file" name="files" data-upload data-token="photos" multiple accept="image/*">
// The answer is {"token": …}. Without script the files travel with the form as usual.
import { csrf, icon, say, word } from "./page";

const pending = new WeakMap<HTMLFormElement, number>();

/** A small picture drawn on a canvas: no blob: address, which the content policy forbids. */
async function thumbnail(file: File): Promise<Element> {
  try {
    const picture = await createImageBitmap(file, { resizeHeight: 160, resizeQuality: "medium" });
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    picture.close();
    return canvas;
  } catch {
    return icon(file.type.startsWith("video/") ? "video" : "file-text");
  }
}

function send(file: File, to: string, progress: (share: number) => void): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", to);
    request.setRequestHeader("X-CSRFToken", csrf());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total);
    request.onerror = () => reject(new Error(word("offline")));
    request.onload = () => {
      let answer: Record<string, string> = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // an answer that is no JSON is told by its status below
      }
      if (request.status < 300 && answer.token) resolve(answer);
      else reject(new Error(answer.detail || answer.error || word("uploadFailed")));
    };
    const body = new FormData();
    body.append("file", file);
    request.send(body);
  });
}

async function take(input: HTMLInputElement, file: File, shelf: Element): Promise<void> {
  const form = input.form;
  const card = document.createElement("li");
  card.className = "upload";
  const status = document.createElement("span");
  status.className = "upload-status";
  const name = document.createElement("span");
  name.className = "upload-name";
  name.textContent = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "upload-remove";
  remove.setAttribute("aria-label", `${word("remove")} ${file.name}`);
  remove.append(icon("x"));
  remove.addEventListener("click", () => card.remove());
  card.append(name, status, remove);
  shelf.append(card);
  void thumbnail(file).then((picture) => card.prepend(picture));

  if (form) pending.set(form, (pending.get(form) ?? 0) + 1);
  try {
    const answer = await send(file, input.dataset.upload || "/evidence/upload/", (share) => {
      status.textContent = `${Math.round(share * 100)} %`;
    });
    const token = document.createElement("input");
    token.type = "hidden";
    token.name = input.dataset.token || input.name;
    token.value = answer.token ?? "";
    card.append(token);
    status.textContent = word("uploaded");
    card.classList.add("is-done");
  } catch (error) {
    status.textContent = (error as Error).message;
    card.classList.add("is-failed");
    say(`${file.name} ${status.textContent}`);
  } finally {
    if (form) pending.set(form, (pending.get(form) ?? 1) - 1);
  }
}

export function uploadAhead(): void {
  document.addEventListener("change", async (event) => {
    const input = event.target as HTMLInputElement;
    if (!(input instanceof HTMLInputElement) || !("upload" in input.dataset) || !input.files?.length) return;
    let shelf = input.parentElement?.querySelector(".uploads");
    if (!shelf) {
      shelf = document.createElement("ul");
      shelf.className = "uploads";
      shelf.setAttribute("aria-live", "polite");
      input.after(shelf);
    }
    if (!input.multiple) shelf.replaceChildren();
    const files = [...input.files];
    input.value = ""; // they travel now, and not once more with the form
    input.required = false;
    for (const file of files) await take(input, file, shelf);
  });

  document.addEventListener("submit", (event) => {
    if (!pending.get(event.target as HTMLFormElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(word("uploading"));
  }, true);
}
