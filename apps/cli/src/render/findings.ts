import type { Finding } from '../doctor/finding';
import type { Style } from './style';
import { pad, printable } from './text';

const words = { ok: 'ok', wrong: 'WRONG', skipped: 'skipped' } as const;

/** A line for each check, and what to do below those that are wrong. */
export function renderFindings(findings: readonly Finding[], { colors }: Style): string {
  const wordWidth = Math.max(...Object.values(words).map(({ length }) => length));
  const nameWidth = Math.max(...findings.map(({ name }) => name.length));
  const paint = { ok: colors.green, wrong: colors.red, skipped: colors.dim };
  const indent = ' '.repeat(wordWidth + nameWidth + 4);
  return findings
    .flatMap(({ name, state, says, remedy }) => [
      `${paint[state](pad(words[state], wordWidth))}  ${pad(name, nameWidth)}  ${printable(says)}`,
      ...(remedy === undefined ? [] : [indent + colors.bold(printable(remedy))]),
    ])
    .join('\n');
}
