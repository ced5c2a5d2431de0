import type { AuditEntry, Token } from '../api/access';
import type { Style } from './style';
import { table } from './table';
import { moment, printable } from './text';

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

/** Who did what, a line each, and how to see what was before. */
export function renderAudit(
  { items, next }: { items: readonly AuditEntry[]; next: string | null },
  style: Style,
): string {
  const list = table(
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
  return next === null ? list : `${list}\n${style.colors.dim(`there are more: add --cursor ${printable(next)}`)}`;
}
