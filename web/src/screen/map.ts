// The map: units in the depth of their colour, zones without a boundary as points; a click opens a unit.
import built from "../../generated/boundaries.json?url";
import { type Chart, echarts, figure, type Paint, SANS, tooltip } from "./charts";
import type { Area, Screen } from "./document";

const NAME = "city";
type Boundaries = Parameters<typeof echarts.registerMap>[1];
let drawn = false;

/** Fetch the boundaries, once: those of this installation where it has its own, else those of the build. */
export async function boundaries(own: string): Promise<void> {
  if (drawn) return;
  const answer = await fetch(own || built);
  if (!answer.ok) return;
  echarts.registerMap(NAME, (await answer.json()) as Boundaries);
  drawn = true;
}

export function drawMap(chart: Chart | null, screen: Screen, paint: Paint): void {
  if (!chart || !drawn) return;
  // inside a unit its towns have no boundaries: the unit is shown in the city, its towns in the table beside
  const inUnit = screen.map.areas.every((area) => !area.at);
  const areas = inUnit ? [screen.map.self] : screen.map.areas;
  const known = areas.map((area) => area.value).filter((value): value is number => value !== null);
  const most = Math.max(1, ...known);
  const least = inUnit ? 0 : Math.min(most, ...known);
  const values = { min: Math.floor(least === most ? 0 : least), max: Math.ceil(most) };
  const shaped = areas.filter((area) => !area.point);
  const points = areas.filter((area) => area.point && area.at);
  const item = (area: Area) => ({ name: area.code, value: area.value ?? NaN, area });
  const label = (area: Area) => `${area.name}\n${figure(area.value)}`;
  chart.setOption({
    aria: { enabled: true },
    tooltip: {
      ...tooltip(paint),
      formatter: ({ data }: { data?: { area?: Area } }) =>
        data?.area ? `${data.area.name}  ${figure(data.area.value)} ${screen.map.unit}` : "",
    },
    visualMap: {
      ...values, calculable: false, left: 8, bottom: 8, itemHeight: 110, itemWidth: 12,
      inRange: { color: paint.ramp }, text: [figure(values.max), figure(values.min)],
      textStyle: { color: paint.soft, fontFamily: SANS }, seriesIndex: [0, 1], dimension: undefined,
    },
    geo: {
      map: NAME, nameProperty: "adcode", aspectScale: 0.82, roam: false, silent: true, left: 16, right: 16, top: 12, bottom: 12,
      itemStyle: { areaColor: paint.none, borderColor: paint.line }, label: { show: false },
    },
    series: [
      {
        type: "map", map: NAME, nameProperty: "adcode", aspectScale: 0.82, left: 16, right: 16, top: 12, bottom: 12,
        data: shaped.map(item), selectedMode: false,
        itemStyle: { areaColor: paint.none, borderColor: paint.ground, borderWidth: 1.2 },
        label: {
          show: true, color: paint.ink, fontFamily: SANS, fontSize: 12, lineHeight: 15, textBorderColor: paint.ground, textBorderWidth: 2.5,
          formatter: ({ data }: { data?: { area?: Area } }) => (data?.area ? label(data.area) : ""),
        },
        emphasis: { label: { color: paint.ink }, itemStyle: { borderColor: paint.ink, areaColor: undefined } },
        labelLayout: { hideOverlap: true },
      },
      {
        type: "scatter", coordinateSystem: "geo", symbol: "circle", symbolSize: 17, zlevel: 1,
        data: points.map((area) => ({ name: area.code, value: [...(area.at ?? []), area.value ?? NaN], area })),
        itemStyle: { borderColor: paint.ink, borderWidth: 1.5 },
        label: {
          show: true, position: "right", color: paint.ink, fontFamily: SANS, fontSize: 12, lineHeight: 15,
          textBorderColor: paint.ground, textBorderWidth: 2.5,
          formatter: ({ data }: { data: { area: Area } }) => label(data.area),
        },
        labelLayout: { hideOverlap: true },
      },
    ],
  }, true);
  chart.off("click");
  chart.on("click", (event) => {
    const area = (event.data as { area?: Area } | undefined)?.area;
    if (area) window.location.href = inUnit ? area.href : area.open;
  });
}
