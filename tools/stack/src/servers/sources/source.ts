import type { Place } from '../place';
import type { BrokerServer, DatabaseServer, Kind } from '../server';

/** What a source has, not started yet, and why it lacks the rest. */
export interface Offer {
  readonly database?: DatabaseServer;
  readonly broker?: BrokerServer;
  /** For each kind that was wanted and is not offered: the reason, e.g. "DATABASE_URL is not set". */
  readonly lacks: Partial<Record<Kind, string>>;
}

/** A place where servers can come from. */
export interface Source {
  /** Completes "the database comes from …", e.g. "Docker". */
  readonly name: string;
  offer(wanted: readonly Kind[], place: Place): Promise<Offer>;
}
