import type { QueuedTask } from '@sorting-office/db';
import type { TaskDefinition } from '@sorting-office/tasks';
import { awaitTurn } from './await-turn';
import type { CrashGuard } from './crash-guard';
import { endAttempt } from './end-attempt';
import type { Settled } from './handle-message';
import type { MessageHandlerParts } from './parts';
import { runAttempt, TaskGoneError } from './run-attempt';
import { decideOn, Setbacks } from './setbacks';

/**
 * Brings an attempt to an end that is committed, however often the database gets in the way.
 *
 * ```
 *   run --committed, not its turn--> settled
 *    | \\--conflict, outage, schema--> (gate) --> run
 *    +--its own error, its own wish, cancelled--> write the end --committed--> settled
 *                                        \\--conflict, outage, schema--> (gate) --> write the end
 * ```
 *
 * Rejects when the worker must stop first, when there is no such task, or when even its end cannot be written.
 */
export async function settleTask(
  parts: MessageHandlerParts,
  definition: TaskDefinition,
  task: QueuedTask,
  crashes: CrashGuard,
): Promise<Settled> {
  const { gate, stopping, log } = parts;
  const setbacks = new Setbacks();
  let writeEnd: (() => Promise<Settled>) | null = null;
  for (;;) {
    try {
      await gate.opened(stopping);
      if (writeEnd) return await writeEnd();
      return (
        (await awaitTurn(parts, definition, task)) ??
        (await crashes.check()) ??
        (await runAttempt(parts, definition, task))
      );
    } catch (error) {
      if (stopping.aborted || error instanceof TaskGoneError) throw error;
      const decision = decideOn(error, setbacks, writeEnd !== null);
      if (decision === 'end') {
        if (writeEnd) throw error;
        writeEnd = () => endAttempt(parts, definition, task, error);
        continue;
      }
      if (decision === 'close gate') gate.close(error);
      log.warn(
        { taskId: task.id, task: task.name, err: error },
        'attempt interrupted; it is not counted and runs again',
      );
      await setbacks.pause(stopping);
    }
  }
}
