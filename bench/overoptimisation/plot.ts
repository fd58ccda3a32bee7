/** A line of a panel: y at each x, with a colour that is legible on white and on black, and a pattern of dashes. */
export type Line = { name: string; color: string; dash: string; values: readonly number[] };

export type Panel = { title: string; lines: readonly Line[] };

type Plot = {
  title: string;
  xLabel: string;
  yLabel: string;
  x: readonly number[];
  /** Words at some places of x. */
  xTicks: readonly { at: number; word: string }[];
  yTicks: readonly number[];
  panels: readonly Panel[];
};

const panel = { width: 330, height: 250, left: 44, top: 46, gap: 24 } as const;
const bottom = 84;

/** Panels beside each other with the same axes and one legend, as an SVG that reads in light and in dark. */
export function drawPlot(plot: Plot): string {
  const { title, x, yTicks, xTicks, panels } = plot;
  const width = panel.left + panels.length * (panel.width + panel.gap);
  const height = panel.top + panel.height + bottom;
  const [low, high] = [Math.min(...yTicks), Math.max(...yTicks)];
  const toX = (value: number): number => (panel.width * (value - x[0]!)) / (x.at(-1)! - x[0]!);
  const toY = (value: number): number => panel.height * (1 - (Math.max(low, value) - low) / (high - low));
  const drawn = panels.map(({ title: name, lines }, i) => {
    const grid = yTicks.map((tick) => {
      const y = round(toY(tick));
      const word = i === 0 ? text(-8, y + 4, String(tick), "end") : "";
      return `<line class="${tick === 0 ? "zero" : "grid"}" x1="0" x2="${panel.width}" y1="${y}" y2="${y}"/>${word}`;
    });
    const ticks = xTicks.map(({ at, word }) => text(toX(at), panel.height + 18, word, "middle"));
    const paths = lines.map(({ color, dash, values }) => {
      const points = values.map((value, at) => `${round(toX(x[at]!))},${round(toY(value))}`).join(" ");
      return `<polyline fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}" points="${points}"/>`;
    });
    const place = `translate(${panel.left + i * (panel.width + panel.gap)} ${panel.top})`;
    return `<g transform="${place}">${[...grid, ...ticks, ...paths, text(0, -10, name, "start", "name")].join("\n")}</g>`;
  });
  const legend = panels[0]!.lines.map(({ name, color, dash }, i) => {
    const left = panel.left + i * 130;
    const y = height - 18;
    const mark = `<line x1="${left}" x2="${left + 24}" y1="${y - 4}" y2="${y - 4}" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/>`;
    return mark + text(left + 30, y, name, "start");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">`,
    `<style>text{font:12px system-ui,sans-serif;fill:#52525b}.name{font-weight:600;fill:#18181b}.grid{stroke:#71717a;stroke-opacity:.25}.zero{stroke:#71717a}`,
    `@media(prefers-color-scheme:dark){text{fill:#a1a1aa}.name{fill:#fafafa}}</style>`,
    text(panel.left, 16, plot.yLabel, "start"),
    ...drawn,
    text(panel.left, panel.top + panel.height + 40, plot.xLabel, "start"),
    ...legend,
    "</svg>\n",
  ].join("\n");
}

function text(x: number, y: number, words: string, anchor: "start" | "middle" | "end", name = ""): string {
  const as = name ? ` class="${name}"` : "";
  return `<text${as} x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

const round = (value: number): number => Math.round(10 * value) / 10;
