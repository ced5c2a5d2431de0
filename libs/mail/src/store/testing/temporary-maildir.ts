// A real Maildir in a temporary directory, and what a mail server and a mail reader do to it.
import { link, mkdir, mkdtemp, readFile, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Far enough in the past for a directory's modification time to be trusted. */
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

export class TemporaryMaildir {
  constructor(readonly root: string) {}

  static async make(): Promise<TemporaryMaildir> {
    const maildir = new TemporaryMaildir(await mkdtemp(join(tmpdir(), 'maildir-')));
    await maildir.folder('');
    return maildir;
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  /** Makes a folder's directories; '' is the inbox, '.Lists' the folder Lists. */
  async folder(directory: string): Promise<void> {
    for (const sub of ['tmp', 'new', 'cur']) await mkdir(this.path(directory, sub), { recursive: true });
  }

  /** Writes a file such as `cur/1.host:2,S` or `.Lists/new/2.host`. */
  async put(path: string, content = `Subject: ${path}\n\n`): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), content);
  }

  async rename(from: string, to: string): Promise<void> {
    await rename(this.path(from), this.path(to));
  }

  async link(from: string, to: string): Promise<void> {
    await mkdir(dirname(this.path(to)), { recursive: true });
    await link(this.path(from), this.path(to));
  }

  async content(path: string): Promise<string> {
    return readFile(this.path(path), 'utf8');
  }

  /** Every file of every `new/` and `cur/`, with its path relative to the mailbox, in order. */
  async files(): Promise<string[]> {
    const found = await readdir(this.root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile() && /(?:^|\/)(?:new|cur)$/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .sort();
  }

  /** Makes all directories look as if nothing had changed in them for years. */
  async settle(): Promise<void> {
    for (const entry of await readdir(this.root, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) await utimes(join(entry.parentPath, entry.name), LONG_AGO, LONG_AGO);
    }
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
