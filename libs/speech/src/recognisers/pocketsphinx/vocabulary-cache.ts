import { createHash } from 'node:crypto';
import type { Hints } from '../../speech';
import type { Vocabulary } from './vocabulary';

/** Vocabularies that are kept, about a megabyte each: those of the mailboxes that were searched last. */
const KEPT = 8;

type Expected = Pick<Hints, 'sentences' | 'names'>;

/** Builds each vocabulary once for as long as it is asked for. */
export class VocabularyCache {
  /** By a hash of the hints, the one that was not asked for the longest first. */
  private readonly kept = new Map<string, Promise<Vocabulary>>();

  constructor(private readonly build: (hints: Expected) => Promise<Vocabulary>) {}

  get(hints: Expected): Promise<Vocabulary> {
    const key = createHash('sha256')
      .update(JSON.stringify([hints.sentences, hints.names]))
      .digest('base64');
    const vocabulary = this.kept.get(key) ?? this.build(hints);
    this.kept.delete(key);
    this.kept.set(key, vocabulary);
    vocabulary.catch(() => this.kept.delete(key));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return vocabulary;
  }
}
