// Runs tasks as a worker does, without a broker: what is published is run at once.
import { newId, type QueuedTask, SchemaGate } from '@sorting-office/db';
import type { Speech } from '@sorting-office/speech';
import { loadTasks, newTask } from '@sorting-office/tasks';
import { createLogger } from '@sorting-office/telemetry';
import {
  CrashGuard,
  type MessageHandlerParts,
  noProbe,
  RunningTasks,
  settleTask,
} from '@sorting-office/worker/testing';
import type { Office } from './office';

export interface InlineWorker {
  /** Enqueues a task and runs it; returns it with what it has started, which is not run. */
  run(name: string, payload: object, id?: string): Promise<{ task: QueuedTask; started: readonly QueuedTask[] }>;
  /** Runs tasks and all that comes of them. @throws when one of them does not succeed */
  runAll(tasks: readonly QueuedTask[]): Promise<void>;
}

/** @param heard what is recognised in every recording. */
export async function inlineWorker(
  { database, accountId, insert, look }: Office,
  heard: string,
): Promise<InlineWorker> {
  const registry = await loadTasks();
  const gate = new SchemaGate({ database, onChange: () => undefined });
  gate.start();
  await gate.opened();
  const speech: Speech = {
    recognise: () => Promise.resolve({ text: heard } as Awaited<ReturnType<Speech['recognise']>>),
  };
  const parts: MessageHandlerParts = {
    ...{ database, gate, registry, speech, mailboxRoot: null, reached: noProbe },
    ...{ running: new RunningTasks(), worker: 'host/1', maxCrashes: 3, stopping: new AbortController().signal },
    // What a worker does besides settling a task is not done here.
    ...({} as Pick<MessageHandlerParts, 'outbox' | 'suspects' | 'putAside' | 'onEnd'>),
    log: createLogger({ service: 'worker', level: 'silent' }),
  };
  const settle = async (task: QueuedTask): Promise<QueuedTask[]> => {
    const settled = await settleTask(parts, registry.get(task.name), task, new CrashGuard(parts, task, true));
    if (settled.end === 'succeeded') return settled.publish;
    const [{ error } = { error: 'nothing' }] = await look<{ error: unknown }>('SELECT error FROM tasks WHERE id = ?', [
      task.id,
    ]);
    throw new Error(`${task.name} has ended as ${settled.end}: ${JSON.stringify(error)}`);
  };
  return {
    async run(name, payload, id = newId()) {
      const task = await insert(newTask(registry.get(name), payload, { accountId, traceContext: null, id }));
      return { task, started: await settle(task) };
    },
    async runAll(tasks) {
      const waiting = [...tasks];
      for (let next = waiting.shift(); next; next = waiting.shift()) waiting.push(...(await settle(next)));
    },
  };
}
