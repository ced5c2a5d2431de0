/** Figures as bars, to be drawn. */
export interface Chart {
  title: string;
  bars: readonly Bar[];
}

export interface Bar {
  label: string;
  value: number;
  /** Written behind the figure. */
  note?: string;
  /** How it is painted: what is ours stands out, and what promises less than we do is pale. */
  kind: 'ours' | 'equal' | 'lesser';
}

const width = 860;
const labelWidth = 300;
const rowHeight = 24;
const titleHeight = 40;
/** Left free behind the longest bar, for its figure and note. */
const noteWidth = 170;

const style = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .label { text-anchor: end }
  .ours { fill: #1a7f64 }
  .equal { fill: #57606a }
  .lesser { fill: #b6bec6 }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .equal { fill: #8b949e } .lesser { fill: #4b535c } .ours { fill: #2ea58a } }`;

/** Draws charts below each other, as SVG. Each has a scale of its own. */
export function drawPicture(charts: readonly Chart[]): string {
  const heights = charts.map(({ bars }) => titleHeight + bars.length * rowHeight + 16);
  const total = heights.reduce((sum, height) => sum + height, 0);
  const drawn = charts.map((chart, index) => {
    const top = heights.slice(0, index).reduce((sum, height) => sum + height, 0);
    return `<g transform="translate(0 ${top})">\n${drawChart(chart)}\n</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" width="${width}" height="${total}" role="img">`,
    `<style>${style}\n</style>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawChart({ title, bars }: Chart): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  const lines = bars.flatMap(({ label, value, note = '', kind }, index) => {
    const y = titleHeight + index * rowHeight;
    const length = (value / longest) * (width - labelWidth - noteWidth);
    const behind = `${Math.round(value)}${note === '' ? '' : `  ${note}`}`;
    return [
      `<text class="label" x="${labelWidth - 10}" y="${y + 15}">${escaped(label)}</text>`,
      `<rect class="${kind}" x="${labelWidth}" y="${y + 2}" width="${length.toFixed(1)}" height="${rowHeight - 6}" rx="2"/>`,
      `<text x="${(labelWidth + length + 8).toFixed(1)}" y="${y + 15}">${escaped(behind)}</text>`,
    ];
  });
  return [`<text class="title" x="10" y="24">${escaped(title)}</text>`, ...lines].join('\n');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
