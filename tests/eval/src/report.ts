// Figures for people to read.
import type { AudioEvaluation } from './audio/audio-evaluation';
import type { Figures } from './metrics';
import type { Half, Language } from './query-set';
import type { Miss } from './text-evaluation';

type Row = readonly string[];

/** @returns lines: a row for each language and half. */
export function textTable(rows: readonly { language: Language; half: Half; figures: Figures }[]): string[] {
  return table([
    ['', 'queries', 'exact', 'precision', 'recall', 'slot F1', 'dated', 'intervals'],
    ...rows.map(({ language, half, figures }) => [
      `${language} ${half}`,
      String(figures.queries),
      ...[figures.exact, figures.precision, figures.recall, figures.f1].map(percent),
      String(figures.dated),
      percent(figures.intervals),
    ]),
  ]);
}

/** @returns lines: a row for each voice and half. */
export function audioTable(rows: readonly ({ voice: string; half: Half } & AudioEvaluation)[]): string[] {
  return table([
    ['', 'queries', 'word errors', 'exact', 'slot F1', 'intervals', 'exact as text', 'unheard', 'speech', 'real time'],
    ...rows.map(({ voice, half, figures, asText, wordErrorRate, unheard, secondsSpoken, realTimeFactor }) => [
      `${voice} ${half}`,
      String(figures.queries),
      ...[wordErrorRate, figures.exact, figures.f1, figures.intervals, asText.exact].map(percent),
      String(unheard),
      `${secondsSpoken.toFixed(0)} s`,
      `${realTimeFactor.toFixed(2)}x`,
    ]),
  ]);
}

/** @returns lines: what was said, what was heard if it was spoken, what was meant and what was understood. */
export function missLines({ said, heard, expected, got }: Miss): string[] {
  return [
    `  said      ${said}`,
    ...(heard === undefined ? [] : [`  heard     ${heard}`]),
    `  expected  ${JSON.stringify(expected)}`,
    `  got       ${JSON.stringify(got)}`,
    '',
  ];
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Columns are as wide as their widest cell; the first is flush left and the others are flush right. */
function table(rows: readonly Row[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column)))).join('  '),
  );
}
