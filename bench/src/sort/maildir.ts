import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { corpus } from '@sorting-office/stack';

/** Where the header's Message-ID begins; few mails have none. */
const messageId = /^(message-id:\s*<)/im;

/** Files written at a time. */
const atOnce = 32;

/**
 * Makes a Maildir of any size out of the sample: the whole of it again and again, each time with Message-IDs that have not been before, as
 * mails with the same one are one mail to some.
 *
 * @param folder is made; what it is in must exist
 */
export async function makeMaildir(folder: string, mails: number): Promise<void> {
  for (const part of ['', 'cur', 'new', 'tmp']) await mkdir(join(folder, part), { mode: 0o700 });
  const samples = corpus();
  for (let from = 0; from < mails; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, mails - from) }, (_, index) => from + index);
    await Promise.all(
      numbers.map(async (number) => {
        const sample = samples[number % samples.length];
        if (!sample) throw new Error('the sample has no mails');
        const copy = Math.floor(number / samples.length);
        const mail = copy === 0 ? sample.read() : withOtherId(sample.read(), copy);
        await writeFile(join(folder, 'new', `${number}.${sample.group}_${sample.id}.bench`), mail, { mode: 0o600 });
      }),
    );
  }
}

/** A mail's bytes, but for its Message-ID. */
export function withOtherId(mail: Buffer, copy: number): Buffer {
  // Latin 1 leaves each byte what it is.
  return Buffer.from(mail.toString('latin1').replace(messageId, `$1copy${copy}.`), 'latin1');
}
