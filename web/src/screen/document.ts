// The document of a screen, as anlan/figures/screen.py makes it.

export interface Figure {
  code: string;
  label: string;
  unit: string;
  value: number | null;
  href: string;
}

export interface Area {
  code: string;
  name: string;
  short: string;
  value: number | null;
  href: string;
  open: string;
  at: [number, number] | null;
  point: boolean;
}

export interface Screen {
  place: { code: string; label: string };
  map: { indicator: string; label: string; unit: string; self: Area; areas: Area[] };
  trend: { split: string; steps: string[]; lines: { code: string; label: string; values: (number | null)[]; hrefs: string[] }[] };
  sectors: { code: string; label: string; figures: Figure[] }[];
}

/** What the page carries; null where it was refused. */
export function carried(page: Document): Screen | null {
  const said = page.getElementById("document")?.textContent;
  return said ? (JSON.parse(said) as Screen) : null;
}
