/** What must hold once everything has ended, whatever was done to it meanwhile. Each check returns what breaks it, in words. */
import type { TaskState } from '@sorting-office/db';
import type { Admin } from './admin';

/** What becomes of a task that was enqueued, where that is not the usual. */
export interface Expected {
  /** Default `succeeded`. */
  state?: TaskState;
  /** Tasks that it has brought into the world; default none. */
  family?: number;
  /** The attempt that was its last; default the first, as no fault may cost one. */
  attempt?: number;
}

const shown = 10;

/** Everything that is wrong with the tables of one office. */
export async function brokenInvariants(admin: Admin, enqueued: ReadonlyMap<string, Expected>): Promise<string[]> {
  const broken = await Promise.all([
    tasksAsExpected(admin, enqueued),
    oneEffectEach(admin),
    nobodysEffects(admin),
    nothingToPublish(admin),
    batchesFinished(admin),
    noLocks(admin),
  ]);
  return broken.flat();
}

async function tasksAsExpected(admin: Admin, enqueued: ReadonlyMap<string, Expected>): Promise<string[]> {
  const rows = await admin.rows<{
    id: string;
    root_id: string;
    name: string;
    state: TaskState;
    attempt: number;
    error: unknown;
  }>('SELECT id, root_id, name, state, attempt, error FROM tasks');
  const families = new Map<string, number>();
  for (const { id, root_id } of rows) if (id !== root_id) families.set(root_id, (families.get(root_id) ?? 0) + 1);
  const present = new Set(rows.map(({ id }) => id));
  const lost = [...enqueued.keys()].filter((id) => !present.has(id)).map((id) => `task ${id} is not there any more`);
  const wrong = rows.flatMap(({ id, root_id, name, state, attempt, error }) => {
    const expected = enqueued.get(id);
    if (!expected && id === root_id) return [`task ${id} (${name}) was never enqueued`];
    const { state: end = 'succeeded', family = 0, attempt: last = 1 } = expected ?? {};
    const children = families.get(id) ?? 0;
    return [
      ...(state === end ? [] : [`task ${id} (${name}) is ${state} and not ${end}: ${JSON.stringify(error)}`]),
      ...(attempt === last ? [] : [`task ${id} (${name}) ended with attempt ${attempt} and not ${last}`]),
      ...(children === family ? [] : [`task ${id} (${name}) has ${children} descendants and not ${family}`]),
    ];
  });
  return few([...lost, ...wrong]);
}

async function oneEffectEach(admin: Admin): Promise<string[]> {
  const rows = await admin.rows<{ id: string; name: string; state: string; effects: number }>(
    `SELECT t.id, t.name, t.state, COUNT(l.id) AS effects FROM tasks t
     LEFT JOIN fault_ledger l ON l.task_id = t.id
     GROUP BY t.id, t.name, t.state HAVING COUNT(l.id) <> IF(t.state = 'succeeded', 1, 0)`,
  );
  return few(rows.map(({ id, name, state, effects }) => `task ${id} (${name}, ${state}) has ${effects} effects`));
}

async function nobodysEffects(admin: Admin): Promise<string[]> {
  const rows = await admin.rows<{ task_id: string; attempt: number }>(
    `SELECT l.task_id, l.attempt FROM fault_ledger l LEFT JOIN tasks t ON t.id = l.task_id AND t.attempt = l.attempt WHERE t.id IS NULL`,
  );
  return few(
    rows.map(({ task_id, attempt }) => `an effect of task ${task_id}, attempt ${attempt}, which did not succeed`),
  );
}

async function nothingToPublish(admin: Admin): Promise<string[]> {
  const rows = await admin.rows<{ id: string }>('SELECT id FROM tasks WHERE publish_at IS NOT NULL');
  return few(rows.map(({ id }) => `task ${id} is still to be published`));
}

async function batchesFinished(admin: Admin): Promise<string[]> {
  const rows = await admin.rows<{ id: string; pending: number; total: number; members: number }>(
    `SELECT b.id, b.pending, b.total, b.finished_at, (SELECT COUNT(*) FROM tasks t WHERE t.batch_id = b.id) AS members FROM batches b
     HAVING pending <> 0 OR total <> members OR finished_at IS NULL`,
  );
  return few(
    rows.map(
      ({ id, pending, total, members }) => `batch ${id}: ${pending} pending, ${total} counted, ${members} there`,
    ),
  );
}

/** Sessions in this database that hold locks. A worker that runs takes some for moments; one that has stopped must hold none. */
export async function noLocks(admin: Admin): Promise<string[]> {
  const rows = await admin.rows<{ id: number; locked: number; query: string | null }>(
    `SELECT p.id, x.trx_rows_locked + x.trx_tables_locked AS locked, x.trx_query AS query
     FROM information_schema.innodb_trx x JOIN information_schema.processlist p ON p.id = x.trx_mysql_thread_id
     WHERE p.db = DATABASE() AND x.trx_rows_locked + x.trx_tables_locked > 0`,
  );
  return few(rows.map(({ id, locked, query }) => `session ${id} holds ${locked} locks (${query ?? 'idle'})`));
}

const few = (all: string[]) => (all.length <= shown ? all : [...all.slice(0, shown), `and ${all.length - shown} more`]);
