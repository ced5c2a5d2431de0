import { randomUUID } from 'node:crypto';
import { persist } from '../follow/persist';
import { renderSearch } from '../render/mails';
import { renderSearches } from '../render/searches';
import type { Outcome, Session } from '../session';
import { forEach } from './each';
import { followed } from './search';

/** The searches that are kept. */
export async function listSearches({ limit }: { limit: number }, session: Session): Promise<Outcome> {
  const page = await session.api().listSearches(limit);
  return { document: page, render: (style) => renderSearches(page.items, style) };
}

/** Asks the words of a search again. */
export async function repeatSearch(id: string, session: Session): Promise<Outcome> {
  const key = randomUUID();
  const api = session.api();
  const answer = await followed(await persist(() => api.repeatSearch(id, key), session.persistence), session);
  return {
    document: { ...answer.found, id: answer.id },
    render: (style) => renderSearch(answer.found, style),
  };
}

/** Has searches forgotten. */
export function forgetSearches(ids: readonly string[], session: Session): Promise<Outcome> {
  return forEach(ids, session, async (api, id) => {
    await api.forgetSearch(id);
    return { document: { forgotten: true }, line: 'is forgotten' };
  });
}
