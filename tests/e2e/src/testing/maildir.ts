import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a Maildir by folder, read from the disk and from nothing else: unique names, without flags. */
export function mailsOnDisk(root: string): Map<string, string[]> {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('.'))
    .map(({ name }) => [name.slice(1).replaceAll('.', '/'), join(root, name)] as const);
  return new Map(
    [['INBOX', root] as const, ...folders].map(([folder, path]) => [
      folder,
      [...list(path, 'new'), ...list(path, 'cur')],
    ]),
  );
}

const list = (path: string, part: string) => readdirSync(join(path, part)).map((name) => name.split(':')[0] ?? name);
