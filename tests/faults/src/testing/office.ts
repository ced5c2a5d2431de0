/**
 * A whole Sorting Office under attack: a database and a virtual host of its own on servers that may be killed, workers as processes
 * that are started again whatever they die of, and everything that was enqueued, with what must have become of it.
 *
 * ```
 *   open --> enqueue, startWorkers --> (attack) --> verify: all has ended, workers stopped, invariants hold --> close
 * ```
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadQueue } from '@sorting-office/broker';
import { Account, type Database, insertTasks, isDuplicateKey, migrate, newId, openDatabase } from '@sorting-office/db';
import { createDatabaseUsers, type DatabaseUsers, mark, type Servers } from '@sorting-office/stack';
import { newTask, type TaskDefinition } from '@sorting-office/tasks';
import type { Attack } from '../worker/attack';
import { ledgerGrants, ledgerTables } from '../worker/ledger';
import { Admin } from './admin';
import { BrokerAdmin } from './broker-admin';
import { brokerLog } from './broker-log';
import { brokenInvariants, type Expected, noLocks } from './invariants';
import { Proxy } from './proxy';
import { until } from './until';
import { WorkerProcess } from './worker-process';

export interface OfficeOptions {
  servers: Servers;
  /** Lets the workers reach their servers through proxies only. */
  proxied?: boolean;
  /** What the workers are to do to themselves. */
  attacks?: readonly Partial<Attack>[];
  /** Added to each worker's environment. */
  env?: Record<string, string>;
}

/** How long everything may take to end once the fault is over, in milliseconds. */
const settleMs = 120_000;
/** Between two counts of all tasks, in milliseconds: the workers need the machine more. */
const countEveryMs = 150;
/** How long messages may be left once everything has ended, in milliseconds: a duplicate may come late, but not for ever. */
const leftMs = 60_000;
/** Tasks inserted in one transaction. */
const insertedTogether = 1000;

export class Office {
  readonly workers: WorkerProcess[] = [];
  readonly enqueued = new Map<string, Expected>();

  private constructor(
    readonly servers: Servers,
    readonly name: string,
    /** The owner's own way to the database, past every proxy. */
    readonly database: Database,
    readonly admin: Admin,
    readonly broker: BrokerAdmin,
    readonly proxies: { database: Proxy; broker: Proxy } | null,
    /** Workers have production's user, who may write what the tasks of this suite write besides. */
    private readonly users: DatabaseUsers,
    private readonly accountId: string,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open({ servers, proxied = false, attacks = [], env = {} }: OfficeOptions): Promise<Office> {
    const name = `faults_${randomBytes(6).toString('hex')}`;
    const url = new URL(servers.database.url);
    const root = new Admin(url.href);
    url.pathname = `/${name}`;
    await root.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    const users = await createDatabaseUsers(url.href);
    await migrate({ url: users.migrateUrl });
    const workersUrl = new URL(users.url);
    const admin = new Admin(url.href);
    await admin.execute(...ledgerTables, ...ledgerGrants(workersUrl.username));
    const broker = new BrokerAdmin(servers, name);
    await broker.makeVhost();
    const proxies = proxied
      ? { database: await Proxy.open(url.href), broker: await Proxy.open(servers.broker.url) }
      : null;
    const folder = mkdtempSync(join(tmpdir(), 'faults-'));
    const database = openDatabase({ url: url.href, poolSize: 4 });
    const accountId = newId();
    await database.transaction((db) => db(Account).insert({ id: accountId, name: 'owner' }));
    return new Office(servers, name, database, admin, broker, proxies, users, accountId, folder, {
      DATABASE_URL: proxies ? proxies.database.through(workersUrl.href) : workersUrl.href,
      AMQP_URL: proxies ? proxies.broker.through(broker.url) : broker.url,
      WORKER_GRACE_SECONDS: '10',
      // The slow search for lost messages would make good what is lost elsewhere; faults that need it set a bound.
      WORKER_RECONCILE_SECONDS: '3600',
      LOG_LEVEL: 'info',
      FAULT_MARKERS: folder,
      FAULT_ATTACKS: JSON.stringify(attacks),
      ...mark(servers.home),
      ...env,
    });
  }

  /** Starts workers and resolves once all of them take tasks. */
  async startWorkers(count: number, env: Record<string, string> = {}): Promise<readonly WorkerProcess[]> {
    const started = Array.from({ length: count }, () => new WorkerProcess({ ...this.env, ...env }));
    this.workers.push(...started);
    await Promise.all(started.map((worker) => worker.ready()));
    return started;
  }

  /** Commits tasks, due at once, for the workers' relays to publish; through any outage of the database. */
  async enqueue<P>(
    task: TaskDefinition<P>,
    payloads: readonly NoInfer<P>[],
    expected: Expected = {},
  ): Promise<string[]> {
    const rows = payloads.map((payload) =>
      newTask(task, payload, { accountId: this.accountId, traceContext: null }, { delayMs: 0 }),
    );
    for (let from = 0; from < rows.length; from += insertedTogether) {
      const part = rows.slice(from, from + insertedTogether);
      await until('tasks to be committed', async () => {
        try {
          await this.database.transaction((db) => insertTasks(db, part));
        } catch (error) {
          // The commit before had come to pass, and only its answer was lost.
          if (!isDuplicateKey(error)) throw error;
        }
        return true;
      });
    }
    for (const { id } of rows) this.enqueued.set(id, expected);
    return rows.map(({ id }) => id);
  }

  /** Name and password of the user that workers have at the database. */
  get user(): { name: string; password: string } {
    const { username: name, password } = new URL(this.users.url);
    return { name, password };
  }

  /** How many of the attacks on themselves the workers have carried out. */
  attacksDone(): number {
    return readdirSync(this.folder).length;
  }

  /** How many tasks have ended, and how many there are. */
  async progress(): Promise<{ ended: number; all: number }> {
    const [counts] = await this.admin.rows<{ ended: number; all: number }>(
      `SELECT COUNT(*) AS \`all\`, COUNT(finished_at) AS ended FROM tasks`,
    );
    return { ended: counts?.ended ?? 0, all: counts?.all ?? 0 };
  }

  /** Resolves once so many tasks have ended. */
  async hasEnded(count: number, withinMs = settleMs): Promise<void> {
    let seen = 0;
    await until(
      `${count} tasks to have ended`,
      async () => (seen = (await this.progress()).ended) >= count,
      { withinMs, everyMs: countEveryMs },
      () => `${seen} have. ${this.#tails()}`,
    );
  }

  /** Resolves once every task has ended, and those that these have brought into the world. */
  async allEnded(withinMs = settleMs): Promise<void> {
    let seen = { ended: 0, all: 0 };
    await until(
      'all tasks to have ended',
      async () => (seen = await this.progress()).ended === seen.all && seen.all >= this.enqueued.size,
      { withinMs, everyMs: countEveryMs },
      () => `${seen.ended} of ${seen.all} have. ${this.#tails()}`,
    );
  }

  /**
   * Waits for everything to end, stops the workers, and checks every invariant.
   *
   * @param dead messages that must be in `office.dead`; null: any number.
   * @throws Error that lists everything that is broken.
   */
  async verify({ dead = 0, withinMs = settleMs }: { dead?: number | null; withinMs?: number } = {}): Promise<void> {
    await this.allEnded(withinMs);
    const queues = await this.#drain();
    const { [deadQueue]: aside, ...ready } = queues;
    await until('the locks to be released', async () => (await noLocks(this.admin)).length === 0, {
      withinMs: 30_000,
    }).catch(
      // Told below, with the sessions that hold them.
      () => undefined,
    );
    const broken = [
      ...(await brokenInvariants(this.admin, this.enqueued)),
      ...Object.entries(ready).flatMap(([queue, count]) =>
        count === 0 ? [] : [`${count} messages are left in ${queue}`],
      ),
      ...(dead === null || aside === dead ? [] : [`${aside ?? 0} messages are in ${deadQueue} and not ${dead}`]),
      ...this.#unaskedExits(),
    ];
    if (broken.length > 0) throw new Error(`broken invariants:\n  ${broken.join('\n  ')}`);
  }

  /** Ends everything of this office. Never rejects: whatever cannot be removed goes with the servers. */
  async close(): Promise<void> {
    await Promise.allSettled(this.workers.map((worker) => worker.destroy()));
    await Promise.allSettled([this.database.close(), this.proxies?.database.close(), this.proxies?.broker.close()]);
    await Promise.allSettled([
      this.broker.dropVhost(),
      this.users.drop(),
      this.admin.execute(`DROP DATABASE ${this.name}`),
    ]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Stops all workers until no queue holds a message, starting one more for what was left; returns what the queues hold.
   *
   * Only queues whose consumers have gone can be counted exactly: a worker that stops hands back what it had not begun, and the
   * totals that tell of messages in a worker's hands are some seconds old.
   */
  async #drain(): Promise<Record<string, number>> {
    const isEmpty = (counts: Record<string, number>) =>
      Object.entries(counts).every(([queue, count]) => queue === deadQueue || count === 0);
    const deadline = performance.now() + leftMs;
    for (;;) {
      await Promise.all(this.workers.map((worker) => worker.stop()));
      const counts = await until('the queues to be counted', () => this.broker.ready());
      if (isEmpty(counts) || performance.now() > deadline) return counts;
      await this.startWorkers(1, { FAULT_ATTACKS: '[]' });
      await until('the queues to be empty', async () => isEmpty(await this.broker.unsettled()), { withinMs: leftMs });
    }
  }

  /** Ends of workers that nobody had ordered: by a signal of ours or of theirs, or in good order. */
  #unaskedExits(): string[] {
    const ordered = ({ code, signal }: { code: number | null; signal: string | null }) =>
      code === 0 || signal === 'SIGKILL';
    return this.workers.flatMap(({ exits }) =>
      exits
        .filter((exit) => !ordered(exit))
        .map(
          ({ code, signal, tail }) =>
            `a worker ended by itself (${signal ?? `exit code ${String(code)}`}):\n${tail.join('\n')}`,
        ),
    );
  }

  #tails(): string {
    const workers = this.workers.map((worker) => `Worker ${worker.pid} said last:\n${worker.tail()}`);
    return [...workers, `RabbitMQ said last:\n${brokerLog(this.servers)}`].join('\n');
  }
}
