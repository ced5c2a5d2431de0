import { type NewTask, newId, type TraceContext } from '@sorting-office/db';
import { z } from 'zod';
import type { TaskDefinition } from './define-task';

/** A payload is not what its task takes. `issues` says where and why, one entry for each fault. */
export class PayloadInvalidError extends Error {
  readonly code = 'PAYLOAD_INVALID';
  readonly retryable = false;
  constructor(
    task: string,
    readonly issues: readonly { path: string; message: string }[],
  ) {
    super(
      `the payload of ${task} is not valid: ${issues.map(({ path, message }) => `${path || 'it'}: ${message}`).join('; ')}`,
    );
    this.name = 'PayloadInvalidError';
  }
}

/** Largest payload, in bytes of JSON: what is larger belongs in a table, with its id in the payload. */
export const maxPayloadBytes = 256 * 1024;

export interface EnqueueOptions {
  /** Milliseconds before the first attempt. */
  delayMs?: number;
  /** 0 to 255; RabbitMQ 4 lets what is above 4 overtake the rest of its queue. */
  priority?: number;
  /** Makes the enqueueing repeatable: the same key gives the same task. */
  idempotencyKey?: string;
}

/** What tasks can have in common: an idempotency key is one task's own. */
export type EnqueueManyOptions = Omit<EnqueueOptions, 'idempotencyKey'>;

/** Whom a new task is for and where it comes from. */
export interface TaskOrigin {
  accountId: string;
  /** The first task of the family; the new one's own id when absent. */
  rootId?: string;
  batchId?: string;
  traceContext: TraceContext | null;
  id?: string;
}

/**
 * Validates a payload and makes the row of a new task.
 *
 * @throws PayloadInvalidError when the payload is not what the task takes.
 */
export function newTask<P>(
  definition: TaskDefinition<P>,
  payload: unknown,
  origin: TaskOrigin,
  options: EnqueueOptions = {},
): NewTask {
  const { id = newId(), accountId, rootId = id, batchId = null, traceContext } = origin;
  const valid = parsePayload(definition, payload);
  return {
    id,
    accountId,
    rootId,
    batchId,
    traceContext,
    name: definition.name,
    queue: definition.queue,
    payload: valid,
    maxAttempts: definition.retry.attempts,
    priority: options.priority ?? 0,
    runAt: options.delayMs === undefined ? null : new Date(Date.now() + options.delayMs),
    uniqueKey: definition.unique?.(valid) ?? null,
    idempotencyKey: options.idempotencyKey ?? null,
  };
}

/**
 * Validates a payload.
 *
 * @throws PayloadInvalidError when it is not what the task takes.
 */
export function parsePayload<P>(definition: TaskDefinition<P>, payload: unknown): P {
  const parsed = definition.payload.safeParse(payload);
  if (!parsed.success) {
    throw new PayloadInvalidError(
      definition.name,
      parsed.error.issues.map(({ path, message }) => ({ path: z.core.toDotPath(path), message })),
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data));
  if (bytes > maxPayloadBytes) {
    throw new PayloadInvalidError(definition.name, [
      { path: '', message: `${bytes} bytes of JSON are more than the ${maxPayloadBytes} that a payload may have` },
    ]);
  }
  return parsed.data;
}
