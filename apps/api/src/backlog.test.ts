import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Backlog, Database } from '@sorting-office/db';
import { startTelemetry, type Telemetry } from '@sorting-office/telemetry';
import { observeBacklog } from './backlog';

let telemetry: Telemetry;
beforeEach(async () => {
  telemetry = await startTelemetry({ name: 'test', version: '0' });
});
afterEach(() => telemetry.stop());

async function scrape(): Promise<string> {
  const server = createServer((request, response) => telemetry.serveMetrics(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const text = await (await fetch(`http://127.0.0.1:${port}/`)).text();
  server.close();
  return text;
}

const backlog: Backlog = { outboxLag: 3, queueAge: { interactive: 0, default: 7, bulk: 41 } };
/** A database that answers with what `answers` gives. */
const played = (answers: () => Promise<Backlog>) => ({ read: answers }) as unknown as Pick<Database, 'read'>;

test('a scrape tells what waits', async () => {
  observeBacklog(
    played(() => Promise.resolve(backlog)),
    () => true,
  );
  const text = await scrape();
  expect(text).toMatch(/^office_outbox_lag_seconds 3$/m);
  expect(text).toMatch(/^office_queue_age_seconds\{queue="bulk"\} 41$/m);
});

test('while the database does not answer, a scrape does: with the latest values and their age, asking once', async () => {
  let times = 0;
  let answer = () => Promise.resolve(backlog);
  observeBacklog(
    played(() => {
      times++;
      return answer();
    }),
    () => true,
  );
  await scrape();
  answer = () => new Promise(() => undefined);
  for (let again = 0; again < 2; again++) {
    const text = await scrape();
    expect(text).toMatch(/^office_outbox_lag_seconds 3$/m);
    expect(Number(/^office_backlog_measured_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(0.2);
  }
  expect(times).toBe(2);
});

test('what was never measured is left out, and a closed gate keeps it from being measured', async () => {
  let times = 0;
  observeBacklog(
    played(() => Promise.resolve(backlog).finally(() => times++)),
    () => false,
  );
  expect(await scrape()).not.toContain('office_queue_age_seconds{');
  expect(times).toBe(0);
});
