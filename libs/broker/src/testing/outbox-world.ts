/** For the outbox' property test: everything that can happen to tasks between their commit and their queue, one step at a time. */
import { once } from 'node:events';
import {
  completeTask,
  type Database,
  insertTasks,
  newId,
  type NewTask,
  type QueuedTask,
  retryTask,
  Task,
} from '@sorting-office/db';
import type { MigratedDatabase } from '@sorting-office/db/testing';
import type { Channel } from 'amqplib';
import type { BrokerConnection } from '../connection';
import { BrokerError } from '../errors';
import { Outbox } from '../outbox';
import { Publisher } from '../publisher';
import { redispatch } from '../redispatch';
import { Relay } from '../relay';
import { decodeTask } from '../task-message';
import { declareTopology, queueName, taskQueues } from '../topology';
import type { OwnVhost } from './vhost';

const queue = queueName('default');
const never = 3_600_000;

/** One process' worth of publishing, on real servers, whose ends are written by hand. */
export class OutboxWorld {
  readonly #home: MigratedDatabase;
  readonly #vhost: OwnVhost;
  readonly #connection: BrokerConnection;
  readonly #publisher: Publisher;
  #outbox: Outbox;
  #dead: Outbox[] = [];
  /** Looks into the queue, and puts back what it has seen. */
  #eye: Channel | null = null;
  /** Why messages were not confirmed. */
  readonly refusals = new Set<string>();

  private constructor(home: MigratedDatabase, vhost: OwnVhost, connection: BrokerConnection) {
    this.#home = home;
    this.#vhost = vhost;
    this.#connection = connection;
    this.#publisher = new Publisher({ connection });
    this.#outbox = this.#newOutbox();
  }

  /** Opens an empty world; the database and the virtual host may have served others. */
  static async open(home: MigratedDatabase, vhost: OwnVhost): Promise<OutboxWorld> {
    await home.database.transaction((db) => db.execute('DELETE FROM tasks'));
    const world = new OutboxWorld(home, vhost, await vhost.connect(`world ${newId()}`));
    await world.#declare(false);
    const channel = await world.#connection.createChannel();
    await channel.purgeQueue(queue);
    await channel.close();
    await world.#publisher.whenReady();
    return world;
  }

  async close(): Promise<void> {
    for (const outbox of [this.#outbox, ...this.#dead]) await outbox.close();
    await this.#publisher.close();
    await this.#connection.close();
    await this.#vhost.fill(false);
  }

  /** Commits new tasks, or has everything about them rolled back. */
  async insert(count: number, { rollBack = false } = {}): Promise<QueuedTask[]> {
    const tasks = Array.from({ length: count }, () => this.#newTask());
    const rolledBack = new Error('rolled back');
    let publish: QueuedTask[] = [];
    await this.#home.database
      .transaction(async (db) => {
        publish = await insertTasks(db, tasks);
        if (!rollBack) return;
        // Written, due, and not committed, while a relay looks for what is due.
        await db.execute('UPDATE tasks SET publish_at = now(6)');
        await this.relay(1);
        throw rolledBack;
      })
      .catch((error: unknown) => {
        if (error !== rolledBack) throw error;
      });
    return publish;
  }

  dispatch(tasks: readonly QueuedTask[]): void {
    this.#outbox.dispatch(tasks);
  }

  /** The second has passed after which confirmed tasks are marked. */
  mark(): Promise<void> {
    return this.#outbox.close();
  }

  /** The process dies: what it publishes may still arrive, what it would have marked stays as it is. */
  crash(): void {
    this.#dead.push(this.#outbox);
    this.#outbox = this.#newOutbox();
  }

  /** The grace period is over, and so are the pauses between attempts. */
  async hurry(): Promise<void> {
    await this.#home.database.transaction((db) =>
      db.execute('UPDATE tasks SET publish_at = now(6) WHERE publish_at IS NOT NULL'),
    );
  }

  /** So many relays take a batch each, side by side. @returns whether one of them has seen more. */
  async relay(count: number): Promise<boolean> {
    const { database } = this.#home;
    const relays = Array.from({ length: count }, () => {
      const onTrouble = (error: unknown) => this.#noteRefusal(error);
      return new Relay({ database, publisher: this.#publisher, mayRun: () => true, batchSize: 3, onTrouble });
    });
    return (await Promise.all(relays.map((relay) => relay.publishDue()))).includes(true);
  }

  /** A worker ends the current attempt with another one to come. */
  async retry(id: string, attempt: number): Promise<void> {
    const failed = { task: { id, attempt, batchId: null }, error: { code: 'TEST', message: 'test' }, worker: 'test' };
    await this.#home.database.transaction((db) => retryTask(db, failed, 0));
  }

  /** A worker works off what the queue holds. @returns the tasks that have succeeded. */
  async work(): Promise<string[]> {
    const succeeded: string[] = [];
    const channel = await this.#connection.createChannel();
    for (;;) {
      const message = await channel.get(queue).catch(() => null);
      if (!message) {
        // No such queue, which has closed the channel.
        if (message === false) await channel.close();
        return succeeded;
      }
      const task = decodeTask(message);
      if (await this.#home.database.transaction((db) => completeTask(db, task))) succeeded.push(task.id);
      channel.ack(message);
    }
  }

  /** Makes the queue refuse what comes, as a full one does. */
  fill(): Promise<void> {
    return this.#vhost.fill(true);
  }

  /** Works the queue off, which is what RabbitMQ waits for to take messages again, and lets it hold as many as ever. */
  async empty(): Promise<string[]> {
    const succeeded = await this.work();
    await this.#vhost.fill(false);
    return succeeded;
  }

  /** A channel lost with what was under way on it, some of it taken and some not. */
  async loseChannel(): Promise<void> {
    await this.#publisher
      .publish({ exchange: 'no.such.exchange', routingKey: '', content: Buffer.from(''), options: { messageId: 'x' } })
      .catch((error: unknown) => this.#noteRefusal(error));
    await this.#publisher.whenReady();
  }

  /** Somebody deletes the queue in the console. */
  async deleteQueue(): Promise<void> {
    // What is confirmed and not yet marked at this moment is marked in vain: the search for lost messages finds it.
    await this.mark();
    await this.#lookAway();
    await this.#vhost.deleteQueue(queue);
  }

  /** Somebody notices that the queue is missing. */
  restoreQueue(): Promise<void> {
    return this.#declare(true);
  }

  /** RabbitMQ goes away and comes back with nothing. */
  async wipe(): Promise<void> {
    const lost = new Promise<void>((resolve) => this.#connection.onLost(resolve));
    await this.#vhost.wipe();
    await lost;
    this.#eye = null;
    await this.#connection.connected();
    await this.#declare(true);
    await this.#publisher.whenReady();
  }

  /**
   * The rows as they are, and after them what the queue holds, as `task/attempt`: whatever a row says RabbitMQ has must be there
   * by then.
   */
  async look(): Promise<{ rows: Task[]; held: Set<string> }> {
    const rows = await this.#home.database.read((db) => db(Task));
    const held = new Set<string>();
    const eye = (this.#eye ??= await this.#connection.createChannel());
    for (;;) {
      const message = await eye.get(queue).catch(() => null);
      // No such queue, which closes the channel.
      if (message === null) this.#eye = null;
      if (!message) break;
      const { id, attempt } = decodeTask(message);
      held.add(`${id}/${attempt}`);
    }
    this.#eye?.nackAll();
    return { rows, held };
  }

  async #lookAway(): Promise<void> {
    const eye = this.#eye;
    this.#eye = null;
    if (!eye) return;
    const closed = once(eye, 'close');
    await eye.close();
    await closed;
  }

  #declare(publishAgain: boolean): Promise<void> {
    return declareTopology(
      () => this.#connection.createChannel(),
      async () => {
        if (publishAgain) await redispatch(this.#home.database, taskQueues);
      },
    );
  }

  #newOutbox(): Outbox {
    const database: Pick<Database, 'transaction'> = {
      transaction: (work) =>
        outbox === this.#outbox ? this.#home.database.transaction(work) : Promise.reject(new Error('died')),
    };
    const outbox: Outbox = new Outbox({
      database,
      publisher: this.#publisher,
      gatherMs: never,
      onLeft: (_task, error) => this.#noteRefusal(error),
      onTrouble: (error) => {
        if (outbox === this.#outbox) throw error;
      },
    });
    return outbox;
  }

  #noteRefusal(error: unknown): void {
    if (!(error instanceof BrokerError)) throw error;
    this.refusals.add(error.code);
  }

  #newTask(): NewTask {
    const id = newId();
    return {
      id,
      accountId: this.#home.accountId,
      name: 'test_task',
      queue: 'default',
      payload: {},
      rootId: id,
      batchId: null,
      priority: 0,
      traceContext: null,
      maxAttempts: 1000,
      runAt: null,
      uniqueKey: null,
      idempotencyKey: null,
    };
  }
}
