import { randomUUID } from 'node:crypto';
import { mark, type Servers } from '@sorting-office/stack';
import { connect } from 'amqplib';
import { createConnection } from 'mysql2/promise';
import { startProgram } from '../run/child';
import { makePlace, type Place } from '../run/place';
import type { Contender } from './contender';
import { ledgerTable, mysqlLedger } from './ledger';

/** The queue, and how it is declared by whoever comes first. */
const queue = {
  name: 'bench.limit',
  options: { durable: true, arguments: { 'x-queue-type': 'quorum' } },
} as const;

/** The least that a task needs: who it is, and whether it has been done. */
export const limitTasksTable = `CREATE TABLE limit_tasks (
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  state       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  payload     JSON NOT NULL,
  result      JSON NULL,
  created_at  DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  finished_at DATETIME(6) NULL
) ENGINE=InnoDB`;

const chunk = 500;

/**
 * The limit: what amqplib and mysql2 do when nothing stands between them and the task, and nothing is there for the day on which
 * something fails. Any worker on these libraries is measured by it.
 *
 * @param prefetchFor messages held for each concurrency
 */
export async function limit(servers: Servers, prefetchFor: (concurrency: number) => number): Promise<Contender> {
  const place = await makePlace(servers);
  await place.statement(ledgerTable);
  await place.statement(limitTasksTable);
  return {
    name: 'limit: amqplib and mysql2 by hand',
    atomic: true,
    ledger: mysqlLedger(place.databaseUrl),
    load: (tasks) => load(place, tasks),
    start: (concurrency) =>
      Promise.resolve(
        startProgram('limit', {
          ...mark(servers.home),
          DATABASE_URL: place.databaseUrl,
          AMQP_URL: place.amqpUrl,
          CONCURRENCY: String(concurrency),
          QUEUE: queue.name,
          PREFETCH: String(prefetchFor(concurrency)),
        }),
      ),
    remove: () => place.remove(),
  };
}

async function load({ databaseUrl, amqpUrl }: Place, tasks: number): Promise<void> {
  const [database, broker] = await Promise.all([createConnection(databaseUrl), connect(amqpUrl)]);
  const channel = await broker.createConfirmChannel();
  await channel.assertQueue(queue.name, queue.options);
  for (let from = 0; from < tasks; from += chunk) {
    const rows = Array.from({ length: Math.min(chunk, tasks - from) }, (_, index) => ({
      id: randomUUID(),
      n: from + index,
    }));
    await database.query('INSERT INTO limit_tasks (id, state, payload) VALUES ?', [
      rows.map(({ id, n }) => [id, 'queued', JSON.stringify({ n })]),
    ]);
    for (const row of rows) channel.sendToQueue(queue.name, Buffer.from(JSON.stringify(row)), { persistent: true });
    await channel.waitForConfirms();
  }
  await Promise.all([broker.close(), database.end()]);
}
