import { setTimeout as sleep } from 'node:timers/promises';
import { questions } from '../mail-search/questions';
import type { HttpClient } from '../run/http-client';
import { type Latency, latencyOf } from '../run/statistics';

/** Between an answer and the next question, in milliseconds: no rhythm meets another one. */
const pause = { least: 40, most: 120 };

const warmUp = 60;

/** How long the API may wait for a search, in seconds. */
const waitSeconds = 60;

/** Asks so many questions of every kind over HTTP, one at a time, and says how long it takes until what was found has come. */
export async function askOverHttp(client: HttpClient, mailboxId: string, count: number): Promise<Latency> {
  const asked = Object.values(questions).flat();
  const times: number[] = [];
  for (let n = -warmUp; n < count; n++) {
    await sleep(pause.least + Math.random() * (pause.most - pause.least));
    const text = asked[(n + warmUp) % asked.length];
    const started = performance.now();
    const { status, body } = await client.post(`/api/searches?wait=${waitSeconds}`, { mailboxId, text });
    const ms = performance.now() - started;
    if (status !== 200) throw new Error(`"${text}" was answered with ${status} ${JSON.stringify(body)}`);
    if (n >= 0) times.push(ms);
  }
  return latencyOf(times);
}
