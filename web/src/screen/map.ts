// The map: units in the depth of their colour, zones without a boundary as points; a click opens a unit.
import built from "../../generated/boundaries.json?url";
import { type Chart, echarts, figure, type Paint, SANS, tooltip } from "./charts";
import type { Area } from "./document";

const NAME = "city";
type Boundaries = Parameters<typeof echarts.registerMap>[1];
//: how wide the city is beside its height, as it is drawn
let aspect = 1.5;
let drawn = false;
const SQUEEZE = 0.82; // a degree of longitude beside one of latitude, at 34.7° north

/** Fetch the boundaries, once: those of this installation where it has its own, else those of the build. */
export async function boundaries(own: string): Promise<void> {
  if (drawn) return;
  let answer = await fetch(own || built);
  if (answer.status === 204) answer = await fetch(built);
  if (!answer.ok) return;
  const said = (await answer.json()) as Boundaries;
  echarts.registerMap(NAME, said);
  aspect = shapeOf(said);
  drawn = true;
}

function shapeOf(said: unknown): number {
  const lngs: number[] = [];
  const lats: number[] = [];
  const walk = (at: unknown): void => {
    if (!Array.isArray(at)) return;
    if (typeof at[0] === "number") {
      lngs.push(at[0]);
      lats.push(at[1] as number);
    } else at.forEach(walk);
  };
  for (const { geometry } of (said as { features: { geometry: { coordinates: unknown } }[] }).features) walk(geometry.coordinates);
  const spread = (of: number[]) => of.reduce((a, b) => Math.max(a, b), -Infinity) - of.reduce((a, b) => Math.min(a, b), Infinity);
  return lats.length ? (spread(lngs) * SQUEEZE) / spread(lats) : aspect;
}

/** The whole city as large as it fits, never squeezed. */
function lie(chart: Chart): object {
  const width = Math.min(chart.getWidth() - 24, (chart.getHeight() - 24) * aspect);
  return { aspectScale: SQUEEZE, layoutCenter: ["50%", "50%"], layoutSize: aspect > 1 ? width : width / aspect };
}

/** `self` is the place itself, shown where none of its areas lies on the map. */
interface Mapped {
  map: { unit: string; self: Area | null; areas: Area[] };
}

export function drawMap(chart: Chart | null, screen: Mapped, paint: Paint): void {
  if (!chart || !drawn) return;
  // inside a unit its towns have no boundaries: the unit is shown in the city, its towns in the table beside
  const { self } = screen.map;
  const inUnit = self !== null && screen.map.areas.every((area) => !area.at);
  const areas = inUnit ? [self] : screen.map.areas;
  const known = areas.map((area) => area.value).filter((value): value is number => value !== null);
  const most = Math.max(1, ...known);
  const least = inUnit ? 0 : Math.min(most, ...known);
  const values = { min: Math.floor(least === most ? 0 : least), max: Math.ceil(most) };
  const shaped = areas.filter((area) => !area.point);
  const item = (area: Area) => ({ name: area.code, value: area.value ?? NaN, area });
  const points = areas.filter((area) => area.point && area.at);
  const label = {
    show: true, color: paint.ink, fontFamily: SANS, fontSize: 13, textBorderColor: paint.ground, textBorderWidth: 3,
    formatter: ({ data }: { data?: { area?: Area } }) => data?.area?.short ?? "",
  };
  chart.setOption({
    animation: false,
    aria: { enabled: true },
    tooltip: {
      ...tooltip(paint),
      formatter: ({ data }: { data?: { area?: Area } }) =>
        data?.area ? `${data.area.name}  ${figure(data.area.value)} ${screen.map.unit}` : "",
    },
    visualMap: {
      ...values, calculable: false, left: 8, bottom: 8, itemHeight: 110, itemWidth: 12,
      inRange: { color: paint.ramp }, text: [figure(values.max), figure(values.min)],
      textStyle: { color: paint.soft, fontFamily: SANS }, seriesIndex: [0, 1],
    },
    geo: {
      map: NAME, nameProperty: "adcode", roam: false, silent: true, ...lie(chart),
      itemStyle: { areaColor: paint.none, borderColor: paint.line }, label: { show: false },
    },
    series: [
      {
        type: "map", map: NAME, nameProperty: "adcode", ...lie(chart), data: shaped.map(item), selectedMode: false, label,
        itemStyle: { areaColor: paint.none, borderColor: paint.ground, borderWidth: 1.2 },
        emphasis: { label, itemStyle: { borderColor: paint.ink, areaColor: undefined } },
      },
      {
        type: "scatter", coordinateSystem: "geo", z: 10, symbol: "circle",
        symbolSize: 14,
        data: points.map((area) => ({ name: area.code, value: [...(area.at ?? []), area.value ?? NaN], area })),
        itemStyle: { borderColor: paint.ink, borderWidth: 1.5 },
        label: { ...label, position: "right", distance: 4 },
      },
    ],
  }, true);
  chart.off("click");
  chart.on("click", (event) => {
    const area = (event.data as { area?: Area } | undefined)?.area;
    if (area) window.location.href = inUnit ? area.href : area.open;
  });
}
