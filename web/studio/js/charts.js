// Apache ECharts, only the parts the studio's charts use. Loaded with the first chart, never before.
import { init, getInstanceByDom, use } from "echarts/core";
import { BarChart, GaugeChart, HeatmapChart, LineChart, PieChart, FunnelChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, GaugeChart, HeatmapChart, LineChart, PieChart, FunnelChart,
  AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer,
]);

const watched = new WeakMap();

// Draws or redraws; a click on a mark answers with its row.
export function draw(element, option, onPick) {
  let chart = getInstanceByDom(element);
  if (!chart) {
    chart = init(element, null, { renderer: "canvas" });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    watched.set(element, observer);
  }
  chart.off("click");
  if (onPick) chart.on("click", (mark) => onPick(mark.data?.row ?? mark.dataIndex ?? -1));
  chart.setOption(option, { notMerge: true });
}

export function drop(element) {
  watched.get(element)?.disconnect();
  watched.delete(element);
  getInstanceByDom(element)?.dispose();
}
