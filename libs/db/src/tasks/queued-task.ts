import type { TaskQueue, TraceContext } from '../models/task';

/** What a message says of a task: all that a worker needs to run the current attempt without reading the row first. */
export interface QueuedTask {
  id: string;
  name: string;
  queue: TaskQueue;
  attempt: number;
  payload: unknown;
  accountId: string;
  rootId: string;
  batchId: string | null;
  priority: number;
  traceContext: TraceContext | null;
}

/** The columns of a {@link QueuedTask}, for SELECT. */
export const queuedTaskColumns =
  'id, name, queue, attempt, payload, account_id AS accountId, root_id AS rootId, batch_id AS batchId, priority, trace_context AS traceContext';
