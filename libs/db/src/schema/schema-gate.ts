/**
 * Lets nobody work before the database holds what this build needs, nor after it has stopped doing so.
 *
 * ```
 *              verified
 *   closed ---------------> open
 *     ^  |                   |
 *     |  | looks again       | close(error): a task met a missing table or a lost server
 *     |  v every pollMs      |
 *     +--+-------------------+
 * ```
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database';
import { verifySchema } from './verify-schema';

export type GateState =
  | { readonly open: true; readonly verified: number }
  | {
      readonly open: false;
      readonly reason: string;
      /** The error's, where there is one. */
      readonly code?: string;
    };

export interface SchemaGateOptions {
  database: Database;
  /** How often a closed gate looks again, in milliseconds. */
  pollMs?: number;
  /** Told of every change of state and of every new reason for being closed. */
  onChange?: (state: GateState) => void;
}

export class SchemaGate {
  readonly #options: Required<SchemaGateOptions>;
  readonly #stopped = new AbortController();
  readonly #waiting = new Set<() => void>();
  #state: GateState = { open: false, reason: 'the schema has not been verified yet' };
  #looking: Promise<void> | null = null;

  constructor({ database, pollMs = 1000, onChange = () => undefined }: SchemaGateOptions) {
    this.#options = { database, pollMs, onChange };
  }

  get state(): GateState {
    return this.#state;
  }

  /** Begins to look; returns at once. */
  start(): void {
    this.#look();
  }

  /** Resolves once the gate is open; rejects with the signal's reason when that comes first. */
  async opened(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#state.open) return;
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        signal?.removeEventListener('abort', aborted);
        resolve();
      };
      const aborted = () => {
        this.#waiting.delete(done);
        reject(signal?.reason as Error);
      };
      this.#waiting.add(done);
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }

  /** Closes the gate for the reason that an error gives, and looks again until the schema is right. */
  close(error: unknown): void {
    this.#become({ open: false, ...reasonOf(error) });
    this.#look();
  }

  /** Ends the looking. The gate stays as it is. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#looking;
  }

  #look(): void {
    this.#looking ??= this.#lookUntilRight().finally(() => {
      this.#looking = null;
      if (!this.#state.open && !this.#stopped.signal.aborted) this.#look();
    });
  }

  async #lookUntilRight(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const state = await this.#verify();
      this.#become(state);
      if (state.open) return;
      await sleep(this.#options.pollMs, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    }
  }

  async #verify(): Promise<GateState> {
    try {
      const { verified, missing } = await this.#options.database.transaction(verifySchema);
      if (missing.length === 0) return { open: true, verified };
      const shown = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ` and ${missing.length - 5} more` : '');
      return { open: false, reason: `the database lacks ${shown}: run \`worker migrate\`` };
    } catch (error) {
      // Whatever keeps the check from an answer keeps the gate closed, and says so.
      const { reason, ...rest } = reasonOf(error);
      return { open: false, reason: `the database cannot be checked: ${reason}`, ...rest };
    }
  }

  #become(state: GateState): void {
    const before = this.#state;
    this.#state = state;
    if (before.open !== state.open || (!before.open && !state.open && before.reason !== state.reason)) {
      this.#options.onChange(state);
    }
    if (!state.open) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const proceed of waiting) proceed();
  }
}

function reasonOf(error: unknown): { reason: string; code?: string } {
  if (!(error instanceof Error)) return { reason: String(error) };
  return { reason: error.message, ...('code' in error && { code: String(error.code) }) };
}
