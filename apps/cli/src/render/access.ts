import type { AuditEntry, Token } from '../api/access';
import type { Style } from './style';
import { table } from './table';
import { moment } from './text';

/** Tokens, a line each. */
export function renderTokens(items: readonly Token[], style: Style): string {
  return table(
    [
      { title: 'id' },
      { title: 'scope' },
      { title: 'last used' },
      { title: 'expires' },
      { title: 'revoked' },
      { title: 'name' },
    ],
    items.map(({ id, scope, lastUsedAt, expiresAt, revokedAt, name }) => [
      id,
      scope,
      moment(lastUsedAt),
      moment(expiresAt),
      moment(revokedAt),
      name,
    ]),
    style,
  );
}

/** Who did what, a line each. */
export function renderAudit(items: readonly AuditEntry[], style: Style): string {
  return table(
    [
      { title: 'at' },
      { title: 'token' },
      { title: 'address' },
      { title: 'action' },
      { title: 'outcome' },
      { title: 'object' },
    ],
    items.map(({ at, tokenId, address, action, outcome, object }) => [
      moment(at),
      tokenId ?? '-',
      address,
      action,
      outcome,
      object ?? '-',
    ]),
    style,
  );
}
