import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpClient } from '../run/http-client';
import { type Latency, latencyOf } from '../run/statistics';
import type { TaskEnds } from './task-ends';

/** How long things take, one at a time, from just before the request is sent. */
export interface ToCommit {
  /** Until its answer has come: the task is committed as a row by then. */
  answered: Latency;
  /** Until the event has come that is sent after the commit of what the task has done: a little later than that commit. */
  committed: Latency;
}

/** Between the end of one task and the next request, in milliseconds: nothing else is going on by then, and no rhythm meets another one. */
const pause = { least: 20, most: 50 };

const warmUp = 100;

/** Enqueues so many tasks, each once the one before has ended. */
export async function measureToCommit(client: HttpClient, ends: TaskEnds, requests: number): Promise<ToCommit> {
  const times = { answered: [] as number[], committed: [] as number[] };
  for (let n = -warmUp; n < requests; n++) {
    await sleep(pause.least + Math.random() * (pause.most - pause.least));
    const started = performance.now();
    const { status, body } = await client.post('/api/tasks/insert_row', { n: Math.abs(n) });
    const answered = performance.now() - started;
    if (status !== 202) throw new Error(`a task was not enqueued: ${status} ${JSON.stringify(body)}`);
    const committed = (await ends.of((body as { id: string }).id)) - started;
    if (n < 0) continue;
    times.answered.push(answered);
    times.committed.push(committed);
  }
  return { answered: latencyOf(times.answered), committed: latencyOf(times.committed) };
}
