import type { OfficeEvent } from '@sorting-office/broker';
import type { QueuedTask } from '@sorting-office/db';
import type { AttemptEnd } from './handle-message';

const types = {
  succeeded: 'task.succeeded',
  retried: 'task.retried',
  failed: 'task.failed',
  cancelled: 'task.cancelled',
  discarded: 'task.cancelled',
  postponed: 'task.postponed',
} as const;

/** What to tell of an end; null for a duplicate, which changed nothing. */
export function toEvent(end: AttemptEnd, task: QueuedTask): OfficeEvent | null {
  if (end === 'duplicate') return null;
  const { id: taskId, accountId, name, attempt, rootId, batchId } = task;
  return { type: types[end], taskId, accountId, name, attempt, rootId, batchId, at: new Date().toISOString() };
}
