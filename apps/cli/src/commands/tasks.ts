import type { Replayed, TaskDetail } from '../api/schemas';
import { usageError } from '../errors';
import { renderTask, renderTasks } from '../render/tasks';
import { plural } from '../render/text';
import type { Outcome, Session } from '../session';
import { forEach } from './each';

export interface ListOptions {
  readonly state?: string;
  readonly name?: string;
  readonly limit: number;
}

/** The newest tasks. */
export async function listTasks({ state, name, limit }: ListOptions, session: Session): Promise<Outcome> {
  const page = await session.api().listTasks({
    limit: String(limit),
    ...(state !== undefined && { state }),
    ...(name !== undefined && { name }),
  });
  return { document: page, render: (style) => renderTasks(page, style) };
}

/** One task with everything that is known of it. */
export async function showTask(id: string, session: Session): Promise<Outcome> {
  const task = await session.api().showTask(id);
  return { document: task, render: (style) => renderTask(task, style) };
}

export interface RetryOptions {
  readonly failed?: boolean;
  readonly name?: string;
  readonly error?: string;
  readonly since?: string;
}

/**
 * Runs tasks again that failed or were cancelled: those that are named, or all that failed and that the filter fits.
 *
 * @throws OfficeError WHICH_UNCLEAR when neither is asked for, or both are.
 */
export function retryTasks(ids: readonly string[], options: RetryOptions, session: Session): Promise<Outcome> {
  const { failed = false, name, error, since } = options;
  if (failed === ids.length > 0)
    throw usageError('WHICH_UNCLEAR', 'name the tasks to retry, or say --failed, and not both');
  if (!failed && (name ?? error ?? since) !== undefined)
    throw usageError('WHICH_UNCLEAR', '--name, --error and --since go with --failed, not with ids');
  if (failed) return retryFailed({ name, errorCode: error, since }, session);
  return forEach(ids, session, async (api, id) => {
    const task = await api.retryTask(id);
    return { document: { task }, line: `${task.name} is queued again` };
  });
}

/** Asks until there are none left; what fails again meanwhile is left as it is. */
async function retryFailed(filter: Readonly<Record<string, unknown>>, session: Session): Promise<Outcome> {
  const api = session.api();
  let [count, skipped] = [0, 0];
  let cursor: string | null = null;
  do {
    const part: Replayed = await api.retryTasks({ ...filter, state: 'failed', ...(cursor !== null && { cursor }) });
    count += part.replayed;
    skipped += part.skipped;
    cursor = part.next;
    if (cursor !== null) session.progress.note(`${plural(count, 'task')} queued again so far`);
  } while (cursor !== null);
  const left = skipped > 0 ? `; ${skipped} cannot be, or are queued already` : '';
  return {
    document: { replayed: count, skipped },
    render: () => `${plural(count, 'task')} queued again${left}`,
  };
}

/** Cancels tasks and what they have started. */
export function cancelTasks(ids: readonly string[], session: Session): Promise<Outcome> {
  return forEach(ids, session, async (api, id) => {
    const { task, running } = await api.cancelTask(id);
    return { document: { task }, line: cancelled(task, running) };
  });
}

function cancelled({ name, state }: TaskDetail, running: boolean): string {
  if (state === 'cancelled') return `${name} is cancelled`;
  if (state === 'queued') return `${name} is running: its worker has been asked to stop it`;
  return running
    ? `what ${name} has started is cancelled, but for what is running: its workers have been asked to stop it`
    : `what ${name} has started is cancelled`;
}

/** Has queued tasks published again, of some queues or of all. */
export async function redispatchTasks(
  { queue }: { readonly queue?: readonly string[] },
  session: Session,
): Promise<Outcome> {
  const tasks = await session.api().redispatch(queue);
  return { document: { tasks }, render: () => `${plural(tasks, 'task')} will be published again` };
}
