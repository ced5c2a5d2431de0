import { renderAudit, renderTokens } from '../render/access';
import type { Outcome, Session } from '../session';

/** Every token that the caller may look after. */
export async function listTokens(session: Session): Promise<Outcome> {
  const items = await session.api().access.tokens();
  return { document: { items }, render: (style) => renderTokens(items, style) };
}

/** Ends a token at once. */
export async function revokeToken(id: string, session: Session): Promise<Outcome> {
  await session.api().access.revoke(id);
  return { document: { revoked: id }, render: () => `token ${id} is over` };
}

/** Makes another token like this one, which works for some hours still. The text is the new token and nothing else. */
export async function rotateToken(id: string, { grace }: { grace: number }, session: Session): Promise<Outcome> {
  const made = await session.api().access.rotate(id, grace);
  return { document: made, render: () => made.token };
}

export interface AuditOptions {
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string;
}

/** What was done last, or before an earlier page, the latest first. */
export async function showAudit({ limit, cursor }: AuditOptions, session: Session): Promise<Outcome> {
  const page = await session.api().access.audit(limit, cursor);
  return { document: page, render: (style) => renderAudit(page, style) };
}
