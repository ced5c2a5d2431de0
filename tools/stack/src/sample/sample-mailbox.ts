import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { corpus, type CorpusMail } from './corpus';

export interface SampleMailboxOptions {
  /** Only so many mails, taken evenly from the whole corpus; default: all. */
  readonly limit?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const AT_ONCE = 32;
const FIRST_DELIVERY = 1_030_000_000; // The corpus is from August 2002.

/**
 * Makes a Maildir whose inbox holds the SpamAssassin public corpus, all of it new. Every file's bytes are its mail's, and its
 * name says where it comes from; two calls make the same names.
 *
 * The folder appears under its name only when it is complete. So one that exists is left as it is, and one that was
 * interrupted is made anew.
 * @param target the Maildir's folder; its parent must exist
 * @returns the number of mails written, 0 when the folder existed already
 */
export async function makeSampleMailbox(target: string, options: SampleMailboxOptions = {}): Promise<number> {
  if (existsSync(target)) return 0;
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  for (const folder of ['cur', 'new', 'tmp']) await mkdir(join(partial, folder), { recursive: true, mode: 0o700 });
  const mails = choose(corpus(), options.limit);
  let done = 0;
  for (let start = 0; start < mails.length; start += AT_ONCE) {
    options.signal?.throwIfAborted();
    const batch = mails.slice(start, start + AT_ONCE);
    await Promise.all(batch.map((mail, index) => deliver(partial, mail, start + index)));
    done += batch.length;
    options.onProgress?.(done, mails.length);
  }
  await rename(partial, target);
  return done;
}

async function deliver(maildir: string, mail: CorpusMail, index: number): Promise<void> {
  const name = `${FIRST_DELIVERY + index}.${mail.group}_${mail.id}.sample`;
  await writeFile(join(maildir, 'tmp', name), mail.read(), { mode: 0o600 });
  await rename(join(maildir, 'tmp', name), join(maildir, 'new', name));
}

function choose(mails: readonly CorpusMail[], limit = mails.length): readonly CorpusMail[] {
  const step = Math.max(mails.length / limit, 1);
  return Array.from({ length: Math.min(limit, mails.length) }, (_, index) => mails[Math.floor(index * step)]).filter(
    (mail) => mail !== undefined,
  );
}
