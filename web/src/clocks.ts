// Times that move. The server has already written a true text; this keeps it true while the page stands open.
//   <time datetime="2019-10-02T07:20:00Z" data-ago>        3 minutes ago; the full time stays as title
//   <time datetime="2019-10-02T09:20:00Z" data-countdown>  1 h 40 min left

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function ago(instant: number, now: number, format: Intl.RelativeTimeFormat): string | null {
  const past = now - instant;
  if (past < 0 || past > 7 * DAY) return null;
  if (past < HOUR) return format.format(-Math.floor(past / MINUTE), "minute");
  if (past < DAY) return format.format(-Math.floor(past / HOUR), "hour");
  return format.format(-Math.floor(past / DAY), "day");
}

function left(element: HTMLElement, milliseconds: number): string {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  const { left: leftWords = "%h:%m", over: overWords = "+%h:%m" } = element.dataset;
  return (milliseconds >= 0 ? leftWords : overWords)
    .replace("%h", String(Math.floor(minutes / 60)))
    .replace("%m", String(minutes % 60).padStart(2, "0"));
}

function refresh(): void {
  const now = Date.now();
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || "zh-CN", { numeric: "auto" });
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
    const text = ago(Date.parse(time.dateTime), now, format);
    if (text === null) continue;
    if (!time.title) time.title = time.textContent?.trim() ?? "";
    time.textContent = text;
  }
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-countdown]")) {
    const rest = Date.parse(time.dateTime) - now;
    time.textContent = left(time, rest);
    time.classList.toggle("is-late", rest < 0);
  }
}

export function keepClocks(): void {
  refresh();
  window.setInterval(refresh, 30_000);
  document.addEventListener("htmx:afterSwap", refresh);
}
