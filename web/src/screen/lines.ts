// The trend as lines, the sectors as bars. A click on a point opens the records behind it.
import { type Chart, figure, type Paint, SANS, tooltip } from "./charts";
import type { Screen } from "./document";

const text = (paint: Paint, size = 12) => ({ color: paint.soft, fontFamily: SANS, fontSize: size });

function opening(chart: Chart, address: (series: number, index: number) => string | undefined): void {
  chart.off("click");
  chart.on("click", ({ seriesIndex, dataIndex }) => {
    const href = address(seriesIndex ?? 0, dataIndex);
    if (href) window.location.href = href;
  });
}

export function drawTrend(chart: Chart | null, { trend }: Screen, paint: Paint): void {
  if (!chart) return;
  chart.setOption({
    aria: { enabled: true },
    color: paint.series,
    textStyle: { fontFamily: SANS },
    tooltip: { ...tooltip(paint), trigger: "axis", valueFormatter: (value: number | null) => figure(value) },
    legend: { top: 0, right: 0, icon: "roundRect", itemWidth: 14, itemHeight: 4, textStyle: text(paint) },
    grid: { left: 8, right: 12, top: 30, bottom: 4, containLabel: true },
    xAxis: {
      type: "category", data: trend.steps, boundaryGap: false, axisLabel: { ...text(paint), formatter: (day: string) => day.slice(trend.split === "month" ? 0 : 5, trend.split === "month" ? 7 : 10), hideOverlap: true },
      axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false },
    },
    yAxis: { type: "value", axisLabel: text(paint), splitLine: { lineStyle: { color: paint.line } }, minInterval: 1 },
    series: trend.lines.map((line) => ({
      type: "line", name: line.label, data: line.values, showSymbol: trend.steps.length < 40, symbolSize: 5, triggerLineEvent: true,
      lineStyle: { width: 2 }, emphasis: { focus: "series" },
    })),
  }, true);
  opening(chart, (series, index) => trend.lines[series]?.hrefs[index]);
}

export function drawSectors(chart: Chart | null, { sectors }: Screen, paint: Paint): void {
  if (!chart) return;
  const shown = sectors.slice(0, 12);
  const names = shown[0]?.figures ?? [];
  chart.setOption({
    aria: { enabled: true },
    color: paint.series,
    textStyle: { fontFamily: SANS },
    tooltip: { ...tooltip(paint), trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value: number | null) => figure(value) },
    legend: { top: 0, right: 0, icon: "roundRect", itemWidth: 14, itemHeight: 8, textStyle: text(paint) },
    grid: { left: 4, right: 44, top: 28, bottom: 0, containLabel: true },
    xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: "category", inverse: true, data: shown.map((sector) => sector.label), axisLabel: { ...text(paint), width: 118, overflow: "truncate" },
      axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false },
    },
    series: names.map(({ label }, n) => ({
      type: "bar", name: label, data: shown.map((sector) => sector.figures[n]?.value ?? null), barMaxWidth: 9, barGap: "20%",
      label: { show: n === 0, position: "right", color: paint.ink, fontFamily: SANS, fontSize: 12, formatter: ({ value }: { value: number | null }) => figure(value) },
    })),
  }, true);
  opening(chart, (series, index) => shown[index]?.figures[series]?.href);
}

export interface Series {
  label: string;
  unit: string;
  values: (number | null)[];
  hrefs: string[];
}

/** Lines or bars of any grid; rates have an axis of their own at the right. */
export function drawGrid(chart: Chart | null, shown: "line" | "bar", steps: string[], series: Series[], paint: Paint): void {
  if (!chart) return;
  const axis = { type: "value", axisLabel: text(paint), splitLine: { lineStyle: { color: paint.line } } };
  const rates = series.some(({ unit }) => unit === "%");
  chart.setOption({
    aria: { enabled: true },
    color: paint.series,
    textStyle: { fontFamily: SANS },
    tooltip: { ...tooltip(paint), trigger: "axis", valueFormatter: (value: number | null) => figure(value) },
    legend: { type: "scroll", top: 0, left: "center", textStyle: text(paint), pageTextStyle: text(paint), pageIconColor: paint.soft },
    grid: { left: 8, right: 12, top: 40, bottom: 8, containLabel: true },
    xAxis: {
      type: "category", data: steps, axisLabel: { ...text(paint), hideOverlap: shown === "line", rotate: shown === "bar" && steps.length > 8 ? 40 : 0, interval: shown === "bar" && steps.length <= 40 ? 0 : "auto" },
      axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false },
    },
    yAxis: rates ? [axis, { ...axis, splitLine: { show: false }, axisLabel: { ...text(paint), formatter: "{value}%" } }] : [axis],
    series: series.map((line) => ({
      type: shown, name: line.label, data: line.values, yAxisIndex: rates && line.unit === "%" ? 1 : 0, showSymbol: steps.length < 60, barMaxWidth: 22,
    })),
  }, true);
  opening(chart, (n, index) => series[n]?.hrefs[index]);
}
