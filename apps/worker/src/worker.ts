/**
 * The worker: takes messages, one transaction and one task for each.
 *
 * ```
 *   start: health server --> schema gate open --> topology declared --> subscribed to each queue, relay and scheduler running
 *   stop:  take nothing more --> finish what runs, within the grace period --> abort and hand back the rest
 *          --> mark what was confirmed --> close channels --> close connections --> close the database
 * ```
 */
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BrokerConnection,
  Consumer,
  deadLetter,
  declareTopology,
  EventListener,
  EventSender,
  Outbox,
  Publisher,
  queueName,
  redispatch,
  Relay,
} from '@sorting-office/broker';
import { type Database, openDatabase, SchemaGate, type TaskQueue } from '@sorting-office/db';
import type { Logger } from '@sorting-office/telemetry';
import type { TaskRegistry } from '@sorting-office/tasks';
import pLimit from 'p-limit';
import PQueue from 'p-queue';
import { concurrencyOf, type WorkerConfig } from './config';
import { measureEnds } from './measure';
import { messageHandler } from './message/handle-message';
import type { MessageHandlerParts } from './message/parts';
import { noProbe, type Probe } from './message/points';
import { RunningTasks, WorkerStoppingError } from './message/running-tasks';
import { toEvent } from './message/to-event';
import { Scheduler } from './schedules/scheduler';
import type { WorkerHealth } from './health';

/** Messages held for each one that runs: quorum queues free a slot only once they have worked off its acknowledgement. */
const prefetchFactor = 4;

export class Worker implements WorkerHealth {
  readonly #config: WorkerConfig;
  readonly #registry: TaskRegistry;
  readonly #log: Logger;
  readonly #reached: Probe;
  readonly #database: Database;
  readonly gate: SchemaGate;
  readonly #running = new RunningTasks();
  readonly #stopping = new AbortController();
  readonly #inHand = new Set<Promise<void>>();
  #consumers: Consumer[] = [];
  #closers: (() => Promise<void>)[] = [];
  #connections: BrokerConnection[] = [];
  #taking = true;
  #lastDelivery = Date.now();

  /** @param reached told of the points that a message passes; see `message/points.ts`. */
  constructor(config: WorkerConfig, registry: TaskRegistry, log: Logger, reached: Probe = noProbe) {
    this.#config = config;
    this.#registry = registry;
    this.#log = log;
    this.#reached = reached;
    const concurrency = config.WORKER_QUEUES.reduce((sum, queue) => sum + concurrencyOf(config, queue), 0);
    // Each task one connection, and a few for the relay, the scheduler, the outbox, the gate and for writing ends.
    this.#database = openDatabase({ url: config.DATABASE_URL, poolSize: concurrency + 7 });
    this.gate = new SchemaGate({
      database: this.#database,
      onChange: (state) => {
        if (state.open) log.info({ tables: state.verified }, `ready: ${state.verified} tables verified`);
        else log.warn({ reason: state.reason }, 'the schema gate is closed: no task is started');
      },
    });
  }

  /** Starts, and returns once it takes messages; rejects with the signal's reason when that aborts first. */
  async start(signal: AbortSignal): Promise<void> {
    const { AMQP_URL: url, WORKER_QUEUES: queues } = this.#config;
    const name = `${hostname()}/${process.pid}`;
    this.gate.start();
    await this.gate.opened(signal);

    const connect = (purpose: string) =>
      BrokerConnection.open({
        url,
        name: `office worker ${name} (${purpose})`,
        onTrouble: (error) => this.#log.warn({ purpose, reason: error.message }, 'RabbitMQ cannot be used'),
      });
    const consuming = await connect('consume');
    const publishing = await connect('publish');
    this.#connections = [consuming, publishing];

    const onTrouble = (error: unknown) => this.#log.warn({ err: error }, 'RabbitMQ or the database was in the way');
    const publisher = new Publisher({
      connection: publishing,
      onTrouble,
      onSent: ({ options: { messageId: id, type: name = '' } }) => void this.#reached('sent', { id, name }),
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
    // Consumers that subscribe together share one declaration: RabbitMQ 3.10 fails when a queue is declared and used at once.
    let declaring: Promise<void> | null = null;
    const declare = () =>
      (declaring ??= declareTopology(
        () => consuming.createChannel(),
        (missing) => this.#redispatch(missing),
      ).finally(() => {
        declaring = null;
      }));
    const cancels = new EventListener(
      { connection: consuming, name, pattern: 'task.cancel', onTrouble },
      ({ taskId }) => this.#running.cancel(taskId),
    );

    const parts = this.#handlerParts(name, publisher, outbox, events);
    this.#consumers = queues.map((queue) => this.#consume(queue, consuming, declare, parts, name));
    relay.start();
    scheduler.start();
    this.#closers = [
      () => scheduler.stop(),
      () => relay.stop(),
      () => outbox.close(),
      () => cancels.close(),
      () => events.close(),
      () => publisher.close(),
    ];
    await Promise.all(this.#consumers.map((consumer) => consumer.whenSubscribed(true, signal)));
    for (const queue of queues) {
      const concurrency = concurrencyOf(this.#config, queue);
      this.#log.info({ queue: queueName(queue), concurrency }, 'waiting for tasks, each in a transaction of its own');
    }
  }

  /** Why the worker cannot take tasks; empty when it can. */
  notReady(): string[] {
    const reasons: string[] = [];
    if (!this.gate.state.open) reasons.push(`schema gate: ${this.gate.state.reason}`);
    for (const { name, trouble } of this.#connections) if (trouble !== null) reasons.push(`${name}: ${trouble}`);
    for (const { queue, subscribed } of this.#consumers) if (!subscribed) reasons.push(`not subscribed to ${queue}`);
    if (this.#consumers.length === 0) reasons.push('not subscribed yet');
    if (!this.#taking) reasons.push('stopping');
    return reasons;
  }

  /** Messages that it holds, those that run included. */
  get held(): number {
    return this.#inHand.size;
  }

  /** Whether messages wait that this worker, though nothing is in its way, has not been given for a while. */
  async stuck(): Promise<string | null> {
    const silentMs = Date.now() - this.#lastDelivery;
    if (this.notReady().length > 0 || silentMs < 60_000 || this.#inHand.size > 0) return null;
    for (const consumer of this.#consumers) {
      const waiting = await consumer.waiting();
      if (waiting > 0)
        return `${waiting} messages wait in ${consumer.queue}, and none has come for ${Math.round(silentMs / 1000)} s`;
    }
    return null;
  }

  /** Stops in good order; see the drawing above. */
  async stop(): Promise<void> {
    this.#taking = false;
    this.#log.info({ running: this.#running.count }, 'stopping: taking nothing more');
    await Promise.all(this.#consumers.map((consumer) => consumer.stop()));
    const grace = new AbortController();
    const finished = Promise.all(this.#inHand).then(() => grace.abort());
    await sleep(this.#config.WORKER_GRACE_SECONDS * 1000, undefined, { signal: grace.signal }).catch(() => undefined);
    this.#stopping.abort(new WorkerStoppingError());
    this.#running.stopAll();
    await finished;
    for (const close of this.#closers) await close();
    await Promise.all(this.#consumers.map((consumer) => consumer.close()));
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.gate.stop();
    await this.#database.close();
    this.#log.info('stopped');
  }

  #handlerParts(name: string, publisher: Publisher, outbox: Outbox, events: EventSender): MessageHandlerParts {
    const measure = measureEnds();
    return {
      database: this.#database,
      gate: this.gate,
      outbox,
      registry: this.#registry,
      running: this.#running,
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

  #consume(
    queue: TaskQueue,
    connection: BrokerConnection,
    declare: () => Promise<void>,
    parts: MessageHandlerParts,
    name: string,
  ): Consumer {
    const concurrency = concurrencyOf(this.#config, queue);
    // Of the messages held, the one with the highest priority starts first, as RabbitMQ 4 hands them out and 3.10 does not.
    const waiting = new PQueue({ concurrency });
    const handleMessage = messageHandler(parts, queueName(queue));
    return new Consumer({
      connection,
      queue: queueName(queue),
      tag: `worker ${name} ${queue}`,
      prefetch: concurrency * prefetchFactor,
      declare,
      onDelivery: (delivery) => {
        this.#lastDelivery = Date.now();
        const handle = async () => {
          if (this.#taking) await handleMessage(delivery);
          else delivery.requeue();
        };
        const handling = waiting
          .add(handle, { priority: (delivery.message.properties.priority as number | undefined) ?? 0 })
          .catch((error: unknown) =>
            this.#log.error({ err: error, queue }, 'a message was not handled; RabbitMQ keeps it'),
          )
          .finally(() => this.#inHand.delete(handling));
        this.#inHand.add(handling);
      },
      onTrouble: (error) => this.#log.warn({ queue, reason: error.message }, 'the subscription was in trouble'),
    });
  }

  async #redispatch(missing: TaskQueue[]): Promise<void> {
    const tasks = await redispatch(this.#database, missing);
    if (tasks > 0)
      this.#log.warn({ tasks, queues: missing }, 'RabbitMQ had lost these queues: their tasks are published again');
  }
}
