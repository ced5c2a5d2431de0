import { getEventListeners } from 'node:events';
import { TaskEnds } from './task-ends';

const forever = 1_000_000;
const nobodyLeaves = new AbortController().signal;

/** A task that is looked at: each look answers the next state, the last one again and again. */
function looks(...states: string[]) {
  const seen: string[] = [];
  const look = () => {
    const state = states[Math.min(seen.length, states.length - 1)] ?? 'queued';
    seen.push(state);
    return Promise.resolve({ state });
  };
  return { look, seen };
}

/** Resolves once somebody waits. */
async function waitedFor(ends: TaskEnds): Promise<void> {
  while (ends.waiting === 0) await new Promise(setImmediate);
}

test('a task that has ended is not waited for', async () => {
  const { look, seen } = looks('failed');
  expect(await new TaskEnds().wait('a', look, forever, nobodyLeaves)).toEqual({ state: 'failed' });
  expect(seen).toHaveLength(1);
});

test('without time it is looked at once', async () => {
  const { look } = looks('queued');
  expect(await new TaskEnds().wait('a', look, 0, nobodyLeaves)).toEqual({ state: 'queued' });
});

test('an end is noticed when it is told, and that of another task is not', async () => {
  const ends = new TaskEnds(forever);
  let state = 'queued';
  const looked: string[] = [];
  const look = () => {
    looked.push(state);
    return Promise.resolve({ state });
  };
  const waiting = ends.wait('a', look, forever, nobodyLeaves);
  await waitedFor(ends);
  ends.tell({ type: 'task.succeeded', taskId: 'b' });
  ends.tell({ type: 'task.retried', taskId: 'a' });
  await new Promise(setImmediate);
  expect(looked).toEqual(['queued']);
  state = 'succeeded';
  ends.tell({ type: 'task.succeeded', taskId: 'a' });
  expect(await waiting).toEqual({ state: 'succeeded' });
  expect(ends.waiting).toBe(0);
});

test('an end that is told while it is being looked at is not missed', async () => {
  const ends = new TaskEnds(forever);
  let state = 'queued';
  const look = () => {
    const seen = state;
    if (seen === 'queued') {
      state = 'succeeded';
      ends.tell({ type: 'task.succeeded', taskId: 'a' });
    }
    return Promise.resolve({ state: seen });
  };
  expect(await ends.wait('a', look, forever, nobodyLeaves)).toEqual({ state: 'succeeded' });
});

test('an event that never comes is made up for by looking', async () => {
  const { look } = looks('queued', 'succeeded');
  expect(await new TaskEnds(1).wait('a', look, forever, nobodyLeaves)).toEqual({ state: 'succeeded' });
});

test('nobody waits for who has gone, nor when all is closed', async () => {
  const ends = new TaskEnds(forever);
  const leaving = new AbortController();
  const left = ends.wait('a', looks('queued').look, forever, leaving.signal);
  await waitedFor(ends);
  leaving.abort();
  expect(await left).toEqual({ state: 'queued' });
  const closed = ends.wait('b', looks('queued').look, forever, nobodyLeaves);
  await waitedFor(ends);
  ends.close();
  expect(await closed).toEqual({ state: 'queued' });
  expect(await ends.wait('c', looks('queued').look, forever, nobodyLeaves)).toEqual({ state: 'queued' });
  expect(ends.waiting).toBe(0);
});

test('who is told keeps no timer, nor a listener on the signal', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((what) => what === 'Timeout').length;
  const ends = new TaskEnds(forever);
  const { signal } = new AbortController();
  const before = timers();
  const waiting = ends.wait('a', looks('queued', 'succeeded').look, forever, signal);
  await waitedFor(ends);
  await new Promise(setImmediate);
  expect(timers()).toBe(before + 1);
  ends.tell({ type: 'task.succeeded', taskId: 'a' });
  await waiting;
  expect(timers()).toBe(before);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
