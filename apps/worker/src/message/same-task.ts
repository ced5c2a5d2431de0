import { isDeepStrictEqual } from 'node:util';
import type { QueuedTask, TaskStanding } from '@sorting-office/db';

/** A message that no worker can do anything with, now or later: it is put aside. */
export class UnusableMessageError extends Error {
  readonly retryable = false;
  constructor(
    readonly code: 'TASK_GONE' | 'MESSAGE_FORGED',
    message: string,
  ) {
    super(message);
    this.name = 'UnusableMessageError';
  }
}

const forLife = ['name', 'accountId', 'rootId'] as const;

/**
 * Makes sure that a message speaks of the task that its id names, as the row has it. Asked only where an attempt does not end
 * well: the claim has its own check.
 *
 * @param untouched whether the message's payload is still as it came, so that it can be compared.
 * @throws UnusableMessageError when there is no such task, or the message says something else of it.
 */
export function assertSameTask(standing: TaskStanding | null, task: QueuedTask, untouched = false): void {
  if (!standing) throw new UnusableMessageError('TASK_GONE', `there is no task ${task.id} in the database`);
  const current = standing.state === 'queued' && standing.attempt === task.attempt;
  const compared = [
    ...forLife,
    ...(current ? (['batchId'] as const) : []),
    ...(current && untouched ? (['payload'] as const) : []),
  ];
  const wrong = compared.filter((key) => !isDeepStrictEqual(standing[key], task[key]));
  if (wrong.length > 0)
    throw new UnusableMessageError(
      'MESSAGE_FORGED',
      `the message is not of task ${task.id} as the database has it: another ${wrong.join(', ')}`,
    );
}
