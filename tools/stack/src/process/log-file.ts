import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROTATE_AT = 10 * 1024 * 1024;

/** Opens a log for appending; one that has grown past 10 MiB is kept as `NAME.1` and begun anew. */
export function openLog(path: string): { readonly fd: number; close(): void } {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT) renameSync(path, `${path}.1`);
  const fd = openSync(path, 'a', 0o600);
  return { fd, close: () => closeSync(fd) };
}

/** The last lines of a file, indented, for an error message. */
export function lastLines(path: string, count: number): string {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-count)
    .map((line) => `    ${line}`)
    .join('\n');
}
