import type { Delivery, Outbox } from '@sorting-office/broker';
import type { Database, QueuedTask, SchemaGate } from '@sorting-office/db';
import type { Speech } from '@sorting-office/speech';
import type { Logger } from '@sorting-office/telemetry';
import type { TaskRegistry } from '@sorting-office/tasks';
import type { LimitFunction } from 'p-limit';
import type { AttemptEnd } from './handle-message';
import type { Probe } from './points';
import type { RunningTasks } from './running-tasks';

/** What the handling of a message works with. */
export interface MessageHandlerParts {
  database: Database;
  gate: SchemaGate;
  outbox: Outbox;
  registry: TaskRegistry;
  running: RunningTasks;
  speech: Speech;
  /** The folder that mailboxes must be in; null for anywhere. */
  mailboxRoot: string | null;
  /** Lets one message run at a time that was delivered before: should its task kill the process again, it is the one to blame. */
  suspects: LimitFunction;
  /** Keeps a copy of a message that cannot be handled, with the reason; resolves once it is safe. */
  putAside: (message: Delivery['message'], queue: string, reason: string) => Promise<void>;
  /** Told how an attempt ended, once that is committed and acknowledged, and how long it took in milliseconds. */
  onEnd: (end: AttemptEnd, task: QueuedTask, ms: number) => void;
  reached: Probe;
  log: Logger;
  /** Who tries, as `host/pid`. */
  worker: string;
  maxCrashes: number;
  /** Aborted when the grace period is over. */
  stopping: AbortSignal;
}
