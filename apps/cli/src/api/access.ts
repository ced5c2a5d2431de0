import { z } from 'zod';
import type { Exchange } from './exchange';
import { page } from './schemas';

const token = z.object({
  id: z.string(),
  accountId: z.string(),
  name: z.string(),
  scope: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type Token = z.infer<typeof token>;

const auditEntry = z.object({
  id: z.string(),
  at: z.string(),
  accountId: z.string().nullable(),
  tokenId: z.string().nullable(),
  sessionId: z.string().nullable(),
  action: z.string(),
  object: z.string().nullable(),
  outcome: z.string(),
  requestId: z.string(),
  address: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const made = z.object({ id: z.string(), token: z.string() });

/** Tokens and the log of who did what, as the API has them. */
export class AccessApi {
  readonly #exchange: Exchange;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
  }

  tokens(): Promise<Token[]> {
    return this.#exchange.everything('/api/tokens', token);
  }

  revoke(id: string): Promise<void> {
    return this.#exchange.tell('DELETE', `/api/tokens/${encodeURIComponent(id)}`);
  }

  async rotate(id: string, graceHours: number): Promise<z.infer<typeof made>> {
    const path = `/api/tokens/${encodeURIComponent(id)}/rotate`;
    return (await this.#exchange.ask('POST', path, made, { body: { graceHours } })).body;
  }

  /** @param cursor `next` of the page before. */
  async audit(limit: number, cursor?: string): Promise<{ items: AuditEntry[]; next: string | null }> {
    const from = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return (await this.#exchange.ask('GET', `/api/audit?limit=${limit}${from}`, page(auditEntry))).body;
  }
}
