import { EventEmitter, once } from 'node:events';
import { databaseNow, insertTasks, newId, type QueuedTask, Schedule, takeDueSchedules, Task } from '@sorting-office/db';
import { migratedDatabase, type MigratedDatabase } from '@sorting-office/db/testing';
import { defineTask, done, latestTick, newTask, nextTick, TaskRegistry } from '@sorting-office/tasks';
import type { PartialModelObject } from 'objection';
import { z } from 'zod';
import { enqueueTick } from './enqueue-tick';
import { Scheduler, type SchedulerOptions } from './scheduler';

const greet = defineTask({
  name: 'greet',
  description: 'Greets',
  payload: z.object({ who: z.string() }),
  result: z.void(),
  queue: 'default',
  run: () => Promise.resolve(done()),
});
const alone = defineTask({
  name: 'alone',
  description: 'One at a time',
  payload: z.object({}),
  result: z.void(),
  queue: 'default',
  unique: () => 'alone',
  run: () => Promise.resolve(done()),
});

/** Ticks so seldom that none comes in the middle of a test. */
const yearly = { cron: '0 0 1 1 *', timeZone: 'Europe/Kyiv' };

const schedulers: Scheduler[] = [];
let home: MigratedDatabase;
let now: Date;
let latest: Date;
beforeEach(async () => {
  home = await migratedDatabase({ poolSize: 12 });
  now = await home.database.read(databaseNow);
  latest = latestTick(yearly, now) ?? now;
});
afterEach(async () => {
  await Promise.all(schedulers.splice(0).map((one) => one.stop()));
  await home.drop();
});

async function addSchedule(overrides: PartialModelObject<Schedule> = {}): Promise<string> {
  const id = newId();
  await home.database.transaction((db) =>
    db(Schedule).insert({
      id,
      account_id: home.accountId,
      name: id,
      task: 'greet',
      payload: { who: 'Ivan' },
      cron: yearly.cron,
      time_zone: yearly.timeZone,
      next_at: latest,
      ...overrides,
    }),
  );
  return id;
}
function scheduler({
  onEnqueued = () => undefined,
  onTrouble = () => undefined,
  batchSize = 2,
}: Partial<Pick<SchedulerOptions, 'onEnqueued' | 'onTrouble' | 'batchSize'>> = {}): Scheduler {
  const registry = new TaskRegistry([greet, alone]);
  const { database } = home;
  const mayRun = () => true;
  const one = new Scheduler({ database, registry, onEnqueued, mayRun, batchSize, pauseMs: 5, onTrouble });
  schedulers.push(one);
  return one;
}
const row = (id: string) => home.database.read((db) => db(Schedule).findById(id).throwIfNotFound());
const tasks = () => home.database.read((db) => db(Task).orderBy('id'));
const settled = async (one: Scheduler) => {
  while (await one.enqueueDue());
};

test('a tick that has come gets its task, which is published once it is committed; the schedule moves on to the next', async () => {
  const id = await addSchedule();
  const published: (readonly QueuedTask[])[] = [];
  await settled(scheduler({ onEnqueued: (enqueued) => published.push(enqueued) }));
  const [task] = await tasks();
  expect(task).toMatchObject({
    name: 'greet',
    account_id: home.accountId,
    payload: { who: 'Ivan' },
    state: 'queued',
    idempotency_key: `schedule/${id}/${latest.toISOString()}`,
  });
  expect(published).toMatchObject([[{ id: task?.id }]]);
  expect(await row(id)).toMatchObject({
    next_at: nextTick(yearly, now),
    last_at: latest,
    last_task_id: task?.id,
    last_error: null,
  });
});

test('a tick that is to come gets none, nor does one that is paused', async () => {
  await addSchedule({ next_at: nextTick(yearly, now) });
  await addSchedule({ enabled: 0 });
  await settled(scheduler());
  expect(await tasks()).toEqual([]);
});

test('ten ticks that were missed are made up for by one task, for the latest of them', async () => {
  const year = latest.getUTCFullYear();
  const id = await addSchedule({ next_at: new Date(Date.UTC(year - 9, 11, 31, 22)) });
  await settled(scheduler());
  expect(await tasks()).toMatchObject([{ idempotency_key: `schedule/${id}/${latest.toISOString()}` }]);
  expect(await row(id)).toMatchObject({ next_at: nextTick(yearly, now), last_at: latest });
});

test('five schedulers at once enqueue exactly one task for each tick, tick after tick', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push(await addSchedule());
  const enqueued = new EventEmitter();
  const published: QueuedTask[] = [];
  const onEnqueued = (some: readonly QueuedTask[]) => {
    published.push(...some);
    enqueued.emit('some');
  };
  const five = Array.from({ length: 5 }, () => scheduler({ onEnqueued }));
  const untilTicked = async (total: number) => {
    while (published.length < total) await once(enqueued, 'some');
  };
  for (const one of five) one.start();
  await untilTicked(12);
  // On another clock, the latest tick is another one.
  await home.database.transaction((db) => db(Schedule).patch({ time_zone: 'America/New_York', next_at: latest }));
  await untilTicked(24);
  await Promise.all(five.map((one) => one.stop()));
  await settled(scheduler());
  const keys = (await tasks()).map(({ idempotency_key }) => idempotency_key);
  const other = latestTick({ ...yearly, timeZone: 'America/New_York' }, now)?.toISOString();
  const expected = ids.flatMap((id) => [`schedule/${id}/${latest.toISOString()}`, `schedule/${id}/${String(other)}`]);
  expect(keys.sort()).toEqual(expected.sort());
  expect(published).toHaveLength(24);
}, 30_000);

test('a tick that has had its task gets no second one, even when its schedule has been set back', async () => {
  const id = await addSchedule();
  await settled(scheduler());
  await home.database.transaction((db) => db(Schedule).patch({ next_at: latest, last_task_id: null }));
  await settled(scheduler());
  const [task, ...others] = await tasks();
  expect(others).toEqual([]);
  expect(await row(id)).toMatchObject({ next_at: nextTick(yearly, now), last_task_id: task?.id, last_error: null });
});

test('a scheduler that dies before its commit has done nothing, and the next one does it once', async () => {
  const id = await addSchedule();
  const dying = home.database.transaction(async (db) => {
    const [due] = await takeDueSchedules(db, ['greet'], 1);
    if (!due) throw new Error('nothing is due');
    expect(await enqueueTick(db, due, greet)).toHaveLength(1);
    // Another one passes over what this one holds.
    await settled(scheduler());
    throw new Error('died');
  });
  await expect(dying).rejects.toThrow('died');
  expect(await tasks()).toEqual([]);
  expect(await row(id)).toMatchObject({ next_at: latest, last_at: null });
  await settled(scheduler());
  await settled(scheduler());
  expect(await tasks()).toHaveLength(1);
});

test('a task that this build does not know is left to one that does', async () => {
  const id = await addSchedule({ task: 'of_the_future' });
  await addSchedule();
  await settled(scheduler({ batchSize: 1 }));
  expect(await row(id)).toMatchObject({ next_at: latest, last_at: null, last_error: null });
  expect(await tasks()).toHaveLength(1);
});

describe('what keeps a schedule from its task is said in it, it goes on, and so do the others:', () => {
  afterEach(async () => {
    expect((await tasks()).filter(({ name }) => name === 'greet')).toHaveLength(1);
  });

  test('a payload that its task does not take any more', async () => {
    const id = await addSchedule({ payload: { whom: 'Ivan' }, next_at: new Date(latest.getTime() - 1) });
    await addSchedule();
    await settled(scheduler());
    expect(await row(id)).toMatchObject({
      next_at: nextTick(yearly, now),
      last_at: latest,
      last_task_id: null,
      last_error: { code: 'PAYLOAD_INVALID', message: expect.stringContaining('who: ') as string },
    });
  });

  test('a unique task that is queued, or running', async () => {
    const earlier = newTask(alone, {}, { accountId: home.accountId, traceContext: null });
    await home.database.transaction((db) => insertTasks(db, [earlier]));
    const id = await addSchedule({ task: 'alone', payload: {}, next_at: new Date(latest.getTime() - 1) });
    await addSchedule();
    // Whoever runs it holds its row, and its unique key with it.
    await home.database.transaction(async (db) => {
      await db.execute('UPDATE tasks SET unique_key = NULL WHERE id = ?', [earlier.id]);
      await settled(scheduler());
    });
    expect(await row(id)).toMatchObject({
      next_at: nextTick(yearly, now),
      last_error: { code: 'TASK_STILL_QUEUED', message: expect.stringContaining(earlier.id) as string },
    });
    expect(await tasks()).toHaveLength(2);
  });

  test('an expression that nobody understands', async () => {
    const id = await addSchedule({ cron: 'sometimes', next_at: new Date(latest.getTime() - 1) });
    await addSchedule();
    await settled(scheduler());
    const { next_at, last_error } = await row(id);
    expect(last_error).toMatchObject({ code: 'CRON_INVALID' });
    expect(next_at?.getTime()).toBeGreaterThan(now.getTime());
  });
});

test('after an error of the database it goes on', async () => {
  const heard = new EventEmitter();
  const one = scheduler({
    onEnqueued: () => heard.emit('enqueued'),
    onTrouble: () => heard.emit('trouble'),
  });
  await addSchedule();
  await home.database.transaction((db) => db.execute('RENAME TABLE schedules TO away'));
  const trouble = once(heard, 'trouble');
  one.start();
  await trouble;
  const enqueued = once(heard, 'enqueued');
  await home.database.transaction((db) => db.execute('RENAME TABLE away TO schedules'));
  await enqueued;
  await one.stop();
  expect(await tasks()).toHaveLength(1);
}, 30_000);
