/**
 * The worker: takes messages, one transaction and one task for each.
 *
 * ```
 *   start: health server --> schema gate open --> topology declared --> subscribed to each queue; relay, scheduler and pruner running
 *   stop:  take nothing more --> finish what runs, within the grace period --> abort and hand back the rest
 *          --> mark what was confirmed --> close channels --> close connections --> close the database
 *   each step of stopping is bounded: what does not end in time ends with the process, and RabbitMQ delivers it again
 * ```
 */
import { hostname } from 'node:os';
import {
  BrokerConnection,
  BrokerError,
  type BrokerServer,
  brokerServer,
  deadLetter,
  declareTopology,
  EventListener,
  EventSender,
  Outbox,
  Publisher,
  queueName,
  Reconciler,
  redispatch,
  Relay,
} from '@sorting-office/broker';
import { type Database, databaseServer, openDatabase, SchemaGate, type TaskQueue } from '@sorting-office/db';
import { describeSpeech, openSpeech } from '@sorting-office/speech';
import { type Logger, observeProcess } from '@sorting-office/telemetry';
import type { TaskRegistry } from '@sorting-office/tasks';
import pLimit from 'p-limit';
import { concurrencyOf, type WorkerConfig } from './config';
import type { WorkerHealth } from './health';
import { Intake } from './intake';
import { Liveness } from './liveness';
import { measureEnds } from './measure';
import { messageHandler } from './message/handle-message';
import type { MessageHandlerParts } from './message/parts';
import { noProbe, type Probe } from './message/points';
import { RunningTasks, WorkerStoppingError } from './message/running-tasks';
import { toEvent } from './message/to-event';
import { openPruner } from './pruning/open-pruner';
import { Scheduler } from './schedules/scheduler';
import { within } from './within';

/** What the log says of a connection's trouble. */
const troubleOf = (error: Error) => ({
  reason: error.message,
  code: error instanceof BrokerError ? error.code : undefined,
});

/** How long each step of stopping may take once the grace period is over, in milliseconds. */
const stepMs = 5000;

export class Worker implements WorkerHealth {
  readonly #config: WorkerConfig;
  readonly #registry: TaskRegistry;
  readonly #log: Logger;
  readonly #reached: Probe;
  readonly #database: Database;
  readonly #broker: BrokerServer;
  readonly gate: SchemaGate;
  readonly #running: RunningTasks;
  readonly #liveness = new Liveness();
  readonly #stopping = new AbortController();
  #intake: Intake | null = null;
  #publisher: Publisher | null = null;
  #closers: (() => Promise<void>)[] = [];
  #connections: BrokerConnection[] = [];
  #taking = true;

  /** @param reached told of the points that a message passes; see `message/points.ts`. */
  constructor(config: WorkerConfig, registry: TaskRegistry, log: Logger, reached: Probe = noProbe) {
    this.#config = config;
    this.#registry = registry;
    this.#log = log;
    this.#reached = reached;
    this.#broker = brokerServer(config);
    const concurrency = config.WORKER_QUEUES.reduce((sum, queue) => sum + concurrencyOf(config, queue), 0);
    this.#database = openDatabase({
      ...databaseServer(config),
      // Each task one connection, and a few for the relay, the scheduler, the reconciler, the pruner, the outbox, the gate and for writing ends.
      poolSize: concurrency + 8,
      statementSeconds: config.WORKER_STATEMENT_SECONDS,
      idleSessionSeconds: config.WORKER_LOCK_BOUND_SECONDS,
    });
    this.#running = new RunningTasks(({ id, name, attempt }) =>
      log.warn({ taskId: id, task: name, attempt }, 'a task goes on running although it was told to stop'),
    );
    this.gate = new SchemaGate({
      database: this.#database,
      onChange: (state) => {
        if (state.open) log.info({ tables: state.verified }, `ready: ${state.verified} tables verified`);
        else log.warn({ reason: state.reason, code: state.code }, 'the schema gate is closed: no task is started');
      },
    });
    observeProcess({ gateOpen: () => this.gate.state.open, pool: () => this.#database.poolUse() });
  }

  /** Starts, and returns once it takes messages; rejects with the signal's reason when that aborts first. */
  async start(signal: AbortSignal): Promise<void> {
    const { WORKER_QUEUES: queues } = this.#config;
    const name = `${hostname()}/${process.pid}`;
    this.gate.start();
    await this.gate.opened(signal);

    const connect = (purpose: string) =>
      BrokerConnection.open({
        ...this.#broker,
        name: `office worker ${name} (${purpose})`,
        onTrouble: (error) => this.#log.warn({ purpose, ...troubleOf(error) }, 'RabbitMQ cannot be used'),
      });
    const consuming = await connect('consume');
    const publishing = await connect('publish');
    this.#connections = [consuming, publishing];

    const onTrouble = (error: unknown) => this.#log.warn({ err: error }, 'RabbitMQ or the database was in the way');
    const publisher = new Publisher({
      connection: publishing,
      onTrouble,
      onSent: ({ options: { messageId: id, type = '' } }) => void this.#reached('sent', { id, name: type }),
    });
    const outbox = new Outbox({
      database: this.#database,
      publisher,
      onLeft: (task, error) => this.#log.debug({ taskId: task.id, reason: String(error) }, 'left to the relay'),
      onTrouble,
    });
    const relay = new Relay({ database: this.#database, publisher, mayRun: () => this.gate.state.open, onTrouble });
    const scheduler = new Scheduler({
      database: this.#database,
      registry: this.#registry,
      onEnqueued: (tasks) => outbox.dispatch(tasks),
      mayRun: () => this.gate.state.open,
      onTrouble,
    });
    const events = new EventSender({ connection: publishing, onTrouble });
    const cancels = new EventListener(
      { connection: consuming, name, pattern: 'task.cancel', onTrouble },
      ({ taskId }) => this.#running.cancel(taskId),
    );
    const intake = this.#openIntake(name, consuming, this.#handlerParts(name, publisher, outbox, events));
    const reconciler = this.#reconciler(intake, onTrouble);
    const pruner = openPruner(this.#config, {
      database: this.#database,
      mayRun: () => this.gate.state.open,
      log: this.#log,
    });
    this.#publisher = publisher;
    this.#intake = intake;
    relay.start();
    reconciler.start();
    scheduler.start();
    pruner.start();
    this.#closers = [
      () => pruner.stop(),
      () => scheduler.stop(),
      () => reconciler.stop(),
      () => relay.stop(),
      () => outbox.close(),
      () => cancels.close(),
      () => events.close(),
      () => publisher.close(),
    ];
    this.#log.info(await describeSpeech(this.#config));
    await intake.subscribed(signal);
    for (const queue of queues) {
      const concurrency = concurrencyOf(this.#config, queue);
      this.#log.info({ queue: queueName(queue), concurrency }, 'waiting for tasks, each in a transaction of its own');
    }
  }

  /** Why the worker cannot take tasks; empty when it can. */
  notReady(): string[] {
    const reasons = [...this.#hindrances(), ...this.#broken()];
    if (!this.#intake) reasons.push('not subscribed yet');
    if (!this.#taking) reasons.push('stopping');
    return reasons;
  }

  /** Messages that it holds, those that run included. */
  get held(): number {
    return this.#intake?.count ?? 0;
  }

  /** Why the worker must be started again; null when there is no reason. Rejects when RabbitMQ does not answer. */
  stuck(): Promise<string | null> {
    const intake = this.#intake;
    return this.#liveness.reason({
      unhindered: this.#taking && this.#hindrances().length === 0,
      broken: this.#broken(),
      silentMs: intake?.silentMs ?? 0,
      inHand: intake?.count ?? 0,
      overdueMs: this.#running.overdueMs,
      givenUp: this.#running.givenUp,
      waiting: () => intake?.waiting() ?? Promise.resolve([]),
    });
  }

  /** Stops in good order; see the drawing above. */
  async stop(): Promise<void> {
    const intake = this.#intake;
    this.#taking = false;
    this.#log.info({ running: this.#running.count }, 'stopping: taking nothing more');
    if (intake) {
      await this.#atMost('ending the subscriptions', intake.stop());
      await within(this.#config.WORKER_GRACE_SECONDS * 1000, intake.settled());
    }
    this.#stopping.abort(new WorkerStoppingError());
    this.#running.stopAll();
    if (intake) await this.#atMost('handing tasks back', intake.settled());
    for (const close of this.#closers) await this.#atMost('publishing what is left', close());
    if (intake) await this.#atMost('closing the channels', intake.close());
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.#atMost(
      'closing the database',
      this.gate.stop().then(() => this.#database.close()),
    );
    this.#log.info('stopped');
  }

  async #atMost(what: string, work: Promise<unknown>): Promise<void> {
    if (!(await within(stepMs, work)))
      this.#log.error({ ms: stepMs }, `${what} took too long: RabbitMQ delivers again what was not settled`);
  }

  /** What keeps the worker from its work and has to be waited for. */
  #hindrances(): string[] {
    const reasons: string[] = [];
    if (!this.gate.state.open) reasons.push(`schema gate: ${this.gate.state.reason}`);
    for (const { name, trouble } of this.#connections) if (trouble !== null) reasons.push(`${name}: ${trouble}`);
    return reasons;
  }

  /** What the worker has lost and has to get back by itself. */
  #broken(): string[] {
    const reasons = this.#intake?.unsubscribed() ?? [];
    if (this.#publisher && !this.#publisher.open) reasons.push('no channel to publish on');
    return reasons;
  }

  #openIntake(name: string, connection: BrokerConnection, parts: MessageHandlerParts): Intake {
    // Consumers that subscribe together share one declaration: RabbitMQ 3.10 fails when a queue is declared and used at once.
    let declaring: Promise<void> | null = null;
    const declare = () =>
      (declaring ??= declareTopology(
        () => connection.createChannel(),
        (missing) => this.#redispatch(missing),
      ).finally(() => {
        declaring = null;
      }));
    return new Intake({
      connection,
      queues: this.#config.WORKER_QUEUES.map((queue) => ({ queue, concurrency: concurrencyOf(this.#config, queue) })),
      name,
      declare,
      handle: messageHandler(parts),
      log: this.#log,
    });
  }

  #reconciler(intake: Intake, onTrouble: (error: unknown) => void): Reconciler {
    const reconciler = new Reconciler({
      database: this.#database,
      queues: intake.queues.map(({ queue, consumer }) => ({
        queue,
        subscribed: () => consumer.subscribed,
        waiting: () => consumer.waiting(),
      })),
      held: () => intake.held,
      mayRun: () => this.gate.state.open,
      silenceSeconds: this.#config.WORKER_RECONCILE_SECONDS,
      onLost: (queue, tasks) =>
        this.#log.warn({ tasks, queue: queueName(queue) }, 'RabbitMQ had lost these tasks: they are published again'),
      onTrouble,
    });
    intake.onSeen((queue, message) => reconciler.saw(queue, message));
    return reconciler;
  }

  #handlerParts(name: string, publisher: Publisher, outbox: Outbox, events: EventSender): MessageHandlerParts {
    const measure = measureEnds();
    return {
      database: this.#database,
      gate: this.gate,
      outbox,
      registry: this.#registry,
      running: this.#running,
      speech: openSpeech(this.#config),
      mailboxRoot: this.#config.MAILBOX_ROOT,
      suspects: pLimit(1),
      putAside: (message, queue, reason) => deadLetter(publisher, message, queue, reason),
      onEnd: (end, task, ms) => {
        const event = toEvent(end, task);
        if (event) events.send(event);
        measure(end, task, ms);
        this.#log.info({ taskId: task.id, task: task.name, attempt: task.attempt, ms: Math.round(ms) }, end);
      },
      reached: this.#reached,
      log: this.#log,
      worker: name,
      maxCrashes: this.#config.WORKER_MAX_CRASHES,
      stopping: this.#stopping.signal,
    };
  }

  async #redispatch(missing: TaskQueue[]): Promise<void> {
    const tasks = await redispatch(this.#database, missing);
    if (tasks > 0)
      this.#log.warn({ tasks, queues: missing }, 'RabbitMQ had lost these queues: their tasks are published again');
  }
}
