import { exitCodes, usageError } from '../errors';
import { renderDeadLetter, renderDeadLetters } from '../render/dead-letters';
import { plural } from '../render/text';
import type { Outcome, Session } from '../session';
import { forEach } from './each';

/** The messages that have been aside the longest. */
export async function listDead({ limit }: { limit: number }, session: Session): Promise<Outcome> {
  const page = await session.api().deadLetters(limit);
  return { document: page, render: (style) => renderDeadLetters(page, style) };
}

/** One message with everything that is known of it. */
export async function showDead(id: string, session: Session): Promise<Outcome> {
  const letter = await session.api().showDeadLetter(id);
  return { document: letter, render: (style) => renderDeadLetter(letter, style) };
}

export interface SortOutOptions {
  readonly all?: boolean;
  readonly queue?: string;
  readonly reason?: string;
}

/**
 * Requeues or drops messages: those that are named, or all.
 *
 * @throws OfficeError WHICH_UNCLEAR when neither is asked for, or both are.
 */
export function sortOutDead(
  how: 'requeue' | 'drop',
  ids: readonly string[],
  options: SortOutOptions,
  session: Session,
): Promise<Outcome> {
  const { all = false, queue, reason } = options;
  if (all === ids.length > 0)
    throw usageError('WHICH_UNCLEAR', `name the dead letters to ${how}, or say --all, and not both`, [
      '`office dead` lists them.',
    ]);
  if (!all && (queue ?? reason) !== undefined)
    throw usageError('WHICH_UNCLEAR', '--queue and --reason go with --all, not with ids');
  if (all) return sortOutAll(how, { queue, reasonContains: reason }, session);
  return forEach(ids, session, async (api, id) => {
    if (how === 'requeue') await api.requeueDeadLetter(id);
    else await api.dropDeadLetter(id);
    return { document: { [done[how]]: 1 }, line: `is ${done[how]}` };
  });
}

const done = { requeue: 'requeued', drop: 'dropped' } as const;

/** Asks until there are none left; what is put aside again meanwhile is left there. */
async function sortOutAll(
  how: 'requeue' | 'drop',
  filter: { queue: string | undefined; reasonContains: string | undefined },
  session: Session,
): Promise<Outcome> {
  const api = session.api();
  let [count, kept] = [0, 0];
  let before: string | undefined;
  for (let more = true; more;) {
    const part = await api.sortOutDeadLetters(how, { ...filter, before });
    count += part.done;
    kept = part.kept;
    before ??= part.began;
    more = part.more && part.done > 0;
    session.progress.note(`${count} ${done[how]}`);
  }
  const left = kept > 0 ? `; ${kept} stay, as they have no queue to go back to` : '';
  return {
    document: { [done[how]]: count, kept },
    render: () => `${plural(count, 'dead letter')} ${done[how]}${left}`,
    exitCode: kept > 0 ? exitCodes.failed : exitCodes.ok,
  };
}
