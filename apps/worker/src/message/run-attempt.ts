import {
  completeTask,
  endBatchMember,
  findStanding,
  type QueuedTask,
  storeResult,
  type TaskStanding,
  type UnitOfWork,
} from '@sorting-office/db';
import {
  openTaskScope,
  parsePayload,
  type TaskDefinition,
  TaskFailure,
  type TaskLog,
  TaskNotDoneError,
} from '@sorting-office/tasks';
import { inSpan, type Logger } from '@sorting-office/telemetry';
import type { Settled } from './handle-message';
import type { MessageHandlerParts } from './parts';
import { isTimedOut } from './running-tasks';
import { assertSameTask } from './same-task';
import { childrensTrace } from './trace';

/** Largest result, in bytes of JSON: what is larger belongs in a table. */
const maxResultBytes = 1024 * 1024;

/** What an attempt whose time is up may take to be rolled back, in seconds. */
const rollbackSeconds = 5;

/**
 * Runs one attempt in its own transaction.
 *
 * ```
 *   BEGIN
 *   UPDATE tasks … succeeded …      claims by completing; no row: a duplicate or a stale attempt
 *   run(payload, context)           the task's own statements
 *   UPDATE tasks SET result …       when it returns something
 *   UPDATE batches …                when it is part of a batch
 *   COMMIT
 * ```
 *
 * Before BEGIN, a task that prepares is looked at without a lock, so that a duplicate costs no slow reading.
 * Errors of the database, of the task, and of its signal (cancelled, time is up, stopping) are passed on; nothing is written then.
 */
export async function runAttempt(
  parts: MessageHandlerParts,
  definition: TaskDefinition,
  task: QueuedTask,
): Promise<Settled> {
  const { database, running, speech, mailboxRoot, log, reached } = parts;
  return running.run(task, definition.timeLimitSeconds, async (stop, within) => {
    const payload = parsePayload(definition, task.payload);
    const taskLog = logOf(task, log);
    const traced = { ...task, traceContext: childrensTrace(task) };
    let prepared: unknown;
    const prepare = definition.prepare?.bind(definition);
    if (prepare) {
      const standing = await database.read((db) => findStanding(db, task.id));
      if (standing?.state !== 'queued' || standing.attempt !== task.attempt) return withoutRun(standing, task);
      const read = <T>(work: (db: UnitOfWork) => PromiseLike<T>) => database.read(work);
      const reading = { read, speech, mailboxRoot, signal: stop.signal, log: taskLog, task: { ...task } };
      prepared = await inSpan(`prepare ${task.name}`, { kind: 'internal' }, () => within(prepare(payload, reading)));
    }
    const work = async (db: UnitOfWork): Promise<Settled> => {
      if (!(await completeTask(db, task))) return withoutRun(await findStanding(db, task.id), task);
      await reached('claimed', task);
      const scope = openTaskScope({ db, task: traced, prepared, stop, log: taskLog, mailboxRoot });
      const ended = await within(definition.run(payload, scope.context));
      if (ended.outcome !== 'done') throw new TaskNotDoneError(ended);
      await reached('effects', task);
      await keepResult(db, definition, task, ended.result);
      if (task.batchId !== null)
        scope.publish.push(...(await endBatchMember(db, task.batchId, 'succeeded', scope.joined())));
      await reached('committing', task);
      // The last moment at which stopping or cancelling can still undo everything.
      stop.throwIfStopped();
      return { end: 'succeeded', publish: scope.publish, delayed: scope.delayed };
    };
    return inSpan(`transaction ${task.name}`, transactionSpan, () =>
      database.transaction(work, {
        idleSeconds: definition.timeLimitSeconds + rollbackSeconds,
        mayBeOutage: isTimedOut,
      }),
    );
  });
}

/** A task that has asked for another time has been rolled back, and has not failed. */
const transactionSpan = {
  kind: 'internal',
  isFailure: (error: unknown) => !(error instanceof TaskNotDoneError),
} as const;

/** What a task says of itself. Most say nothing, and pay for no logger of their own. */
function logOf({ id, name, attempt }: QueuedTask, log: Logger): TaskLog {
  const about = { taskId: id, task: name, attempt };
  return {
    info: (fields, line) => log.info({ ...about, ...fields }, line),
    warn: (fields, line) => log.warn({ ...about, ...fields }, line),
  };
}

function withoutRun(standing: TaskStanding | null, task: QueuedTask): Settled {
  assertSameTask(standing, task);
  return { end: 'duplicate', publish: [] };
}

async function keepResult(
  db: UnitOfWork,
  definition: TaskDefinition,
  task: QueuedTask,
  result: unknown,
): Promise<void> {
  if (result === undefined) return;
  const { valid, bytes } = checked(definition, result);
  if (bytes > maxResultBytes) {
    throw new TaskFailure(
      'RESULT_TOO_LARGE',
      `${definition.name} returned ${bytes} bytes of JSON, more than ${maxResultBytes}`,
    );
  }
  await storeResult(db, task.id, valid);
}

/**
 * A valid result and its size as JSON. What cannot be written as JSON (a circle, a bigint, a depth without end) is no result.
 *
 * @throws TaskFailure RESULT_INVALID
 */
function checked(definition: TaskDefinition, result: unknown): { valid: unknown; bytes: number } {
  const refused = (why: string, cause?: unknown) =>
    new TaskFailure('RESULT_INVALID', `${definition.name} returned what cannot be kept: ${why}`, { cause });
  try {
    const parsed = definition.result.safeParse(result);
    if (!parsed.success) throw refused(`its result schema refuses it: ${parsed.error.message}`);
    const json = JSON.stringify(parsed.data) as string | undefined;
    if (json === undefined) throw refused('it is no JSON');
    return { valid: parsed.data, bytes: Buffer.byteLength(json) };
  } catch (error) {
    if (error instanceof TaskFailure) throw error;
    throw refused(error instanceof Error ? error.message : String(error), error);
  }
}
