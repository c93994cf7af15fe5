// ECharts, only the parts that are drawn here. Tooltips are drawn on the canvas: as HTML they would bring
// style attributes, which the page's policy forbids.
import { BarChart, LineChart, MapChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([
  BarChart, LineChart, MapChart, ScatterChart,
  AriaComponent, GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent,
  CanvasRenderer,
]);

export { echarts };
export type Chart = echarts.ECharts;

/** Colours of what is drawn: on the dark screen, on paper, on the desk. */
export interface Paint {
  ink: string;
  soft: string;
  line: string;
  ground: string;
  none: string;
  ramp: string[];
  series: string[];
}

export const DARK: Paint = {
  ink: "#e6edf7", soft: "#9fb0c7", line: "#24324a", ground: "#0b1220", none: "#16202f",
  ramp: ["#17304f", "#1f4f86", "#2f78c4", "#62a8ee", "#b5dcff"],
  series: ["#6db3ff", "#7fd6a0", "#f0c274", "#c6a6ff", "#ff9db0", "#7fd9e6", "#d0d7e2"],
};
export const LIGHT: Paint = {
  ink: "#1f2937", soft: "#4b5563", line: "#d8dee7", ground: "#ffffff", none: "#eef1f5",
  ramp: ["#e3edfb", "#b4d0f5", "#7fadea", "#4280d6", "#1d4ed8"],
  series: ["#1d4ed8", "#166534", "#b45309", "#7c3aed", "#9f1239", "#0e7490", "#4b5563"],
};

export const SANS =
  '"PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif';

export function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? "—" : value.toLocaleString("en-US");
}

/** A chart in an element of the page; null where there is no such element. It follows the element's size. */
export function chartIn(id: string, resized: () => void = () => undefined): Chart | null {
  const element = document.getElementById(id);
  if (!element) return null;
  const chart = echarts.init(element);
  chart.on("finished", () => {
    if ((chart.getOption()?.series as unknown[] | undefined)?.length) element.dataset.drawn = "";
  });
  new ResizeObserver(() => {
    // a picture that is made anew while the paper is laid out would be missing from it: there it is stretched
    if (window.matchMedia("print").matches) return;
    chart.resize();
    resized();
  }).observe(element);
  return chart;
}

/** Paint at once: paper does not wait for the next frame. One canvas a chart, for a second one hides it there. */
export function ready(chart: Chart | null): void {
  chart?.getZr().flush();
}

export function tooltip(paint: Paint): object {
  return {
    renderMode: "richText",
    confine: true,
    backgroundColor: paint.ground,
    borderColor: paint.line,
    textStyle: { color: paint.ink, fontFamily: SANS, fontSize: 13 },
  };
}
