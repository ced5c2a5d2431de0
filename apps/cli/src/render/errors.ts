import type { OfficeError } from '../errors';
import type { Style } from './style';
import { printable } from './text';

/** An error to read: what was wrong, where, and what to do. */
export function renderError({ code, message, details = [], hints }: OfficeError, { colors }: Style): string {
  return [
    // Whoever asked for an end has got what they wanted.
    code === 'INTERRUPTED'
      ? colors.yellow(printable(message))
      : `${colors.red('error')} ${printable(message)} ${colors.dim(`(${printable(code)})`)}`,
    // The API's sentence often has them already.
    ...details
      .map(({ path, message: wrong }) => (path ? `${path}: ${wrong}` : wrong))
      .filter((line) => !message.includes(line))
      .map((line) => `  ${printable(line)}`),
    ...hints.map(printable),
  ].join('\n');
}
