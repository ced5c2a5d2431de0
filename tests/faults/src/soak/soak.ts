import { setTimeout as sleep } from 'node:timers/promises';
import type { Servers } from '@sorting-office/stack';
import { Office } from '../testing/office';
import type { Random } from '../testing/random';
import { returns, throws } from '../worker/poison';
import { batch, brief, child, continues, locks, parent, stumbles } from '../worker/tasks';
import { type Disaster, disasters } from './disasters';

export interface SoakOptions {
  servers: Servers;
  random: Random;
  minutes: number;
  say: (line: string) => void;
  /** Ends it early. */
  ending: AbortSignal;
}

/** Tasks that may be queued before the load pauses. */
const mostQueued = 400;
const tellMs = 10_000;
/** How long what is left may take in the end, in milliseconds. */
const settleMs = 300_000;

/** Bounds set short, so that minutes show what takes hours in production. */
const env = {
  WORKER_STATEMENT_SECONDS: '5',
  WORKER_LOCK_BOUND_SECONDS: '10',
  WORKER_RECONCILE_SECONDS: '10',
  WORKER_MAX_CRASHES: '1000',
};

/** Workers also do away with themselves, once in some thousand tasks. */
const attacks = (['claimed', 'effects', 'committing', 'committed', 'sent'] as const).flatMap((point) =>
  [brief, child, parent, batch, continues].map(({ name: task }) => ({
    ...({ point, task, signal: 'SIGKILL', times: 1000, chance: 0.0003 } as const),
  })),
);

/** @throws Error that lists the broken invariants, or says what could not be done. */
export async function soak({ servers, random, minutes, say, ending }: SoakOptions): Promise<void> {
  const office = await Office.open({ servers, proxied: true, attacks, env });
  const ended = new AbortController();
  const over = ended.signal;
  const clock = setTimeout(() => ended.abort(), minutes * 60_000);
  ending.addEventListener('abort', () => ended.abort());
  const injected = new Map<string, number>();
  try {
    const victims = await office.startWorkers(2);
    // Nobody attacks this one, so that its memory tells something.
    const [survivor] = await office.startWorkers(1, { FAULT_ATTACKS: '[]' });
    const memory = () => `${survivor?.memory() ?? '?'} MB`;
    const results = await Promise.allSettled([
      keepLoaded(office, random, over),
      keepFailing(disasters(office, victims, random), random, injected, over),
      keepTelling(
        office,
        () => `${sum(injected)} faults, ${office.attacksDone()} workers dead by their own hand, memory ${memory()}`,
        say,
        over,
      ),
    ]);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    say('the faults are over: waiting for everything to end');
    // Messages that nobody should have sent are there as long as RabbitMQ is not wiped.
    await office.verify({ withinMs: settleMs, dead: null });
    for (const [name, count] of [...injected].sort()) say(`  ${String(count).padStart(4)} x ${name}`);
    say(
      `every invariant holds: ${(await office.progress()).ended} tasks, each with exactly one effect; nothing lost or left`,
    );
  } finally {
    clearTimeout(clock);
    await office.close();
  }
}

async function keepLoaded(office: Office, random: Random, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    if ((await queued(office)) < mostQueued) await enqueueSome(office, random);
    await pause(100, over);
  }
}

async function enqueueSome(office: Office, random: Random): Promise<void> {
  const times = <T>(make: () => T) => Array.from({ length: random.int(1, 20) }, make);
  const holdMs = random.int(0, 30);
  const children = random.int(1, 8);
  const rows = () => [random.int(1, 4), random.int(1, 4)] as [number, number];
  await office.enqueue(
    brief,
    times(() => ({ holdMs })),
  );
  await office.enqueue(
    parent,
    times(() => ({ children, holdMs })),
    { family: children },
  );
  await office.enqueue(batch, [{ children, holdMs }], { family: children + 1 });
  await office.enqueue(stumbles, [{ times: 2 }], { attempt: 3 });
  await office.enqueue(locks, [{ rows: rows() }, { rows: rows() }]);
  await office.enqueue(throws, [{}], { state: 'failed', attempt: 2 });
  await office.enqueue(returns, [{ what: random.pick(['bigint', 'circle', 'trap'] as const) }], { state: 'failed' });
}

async function keepFailing(
  all: readonly [Disaster, ...Disaster[]],
  random: Random,
  injected: Map<string, number>,
  over: AbortSignal,
): Promise<void> {
  for (;;) {
    await pause(random.int(500, 5000), over);
    if (over.aborted) return;
    const disaster = random.pick(all);
    injected.set(disaster.name, (injected.get(disaster.name) ?? 0) + 1);
    try {
      await disaster.strike();
    } catch (error) {
      throw new Error(`"${disaster.name}" could not be done or undone: ${String(error)}`, { cause: error });
    }
  }
}

async function keepTelling(
  office: Office,
  more: () => string,
  say: (line: string) => void,
  over: AbortSignal,
): Promise<void> {
  const began = performance.now();
  let [endedBefore, toldAt] = [0, began];
  while (!over.aborted) {
    await pause(tellMs, over);
    const counts = await office.progress().catch(() => null);
    const now = performance.now();
    const at = `${Math.round((now - began) / 1000)} s`.padStart(7);
    if (counts === null) {
      say(`${at}: the database is away; ${more()}`);
      continue;
    }
    const { ended, all } = counts;
    const rate = Math.round(((ended - endedBefore) * 1000) / (now - toldAt));
    [endedBefore, toldAt] = [ended, now];
    say(`${at}: ${rate} tasks/s, ${ended} ended, ${all - ended} queued; ${more()}`);
  }
}

/** How many tasks are queued; as many as there may be while the database does not say. By the index `tasks_state`. */
async function queued({ admin }: Office): Promise<number> {
  const [row] = await admin
    .rows<{ count: number }>(`SELECT COUNT(*) AS count FROM tasks WHERE state = 'queued'`)
    .catch(() => []);
  return row?.count ?? mostQueued;
}

/** Waits, and no longer than until it is over. */
const pause = (ms: number, over: AbortSignal) => sleep(ms, undefined, { signal: over }).catch(() => undefined);

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0);
