import type { Servers } from '@sorting-office/stack';
import type { Contender } from '../../contenders/contender';
import { ledgerTable, mysqlLedger } from '../../contenders/ledger';
import { startChild } from '../../run/child';
import { makePlace } from '../../run/place';
import { python, pythonEnv, runPython, tricklePython } from './python';

/** Messages held for each process: Celery's guide to optimizing names 64 and 128 for many short tasks. */
const prefetchMultiplier = 64;

/** Celery with processes of its own, acknowledging late: the row is committed first, and then the message goes. */
export async function celery(servers: Servers): Promise<Contender> {
  const place = await makePlace(servers);
  await place.statement(ledgerTable);
  const env = {
    ...pythonEnv(servers, place.databaseUrl),
    AMQP_URL: place.amqpUrl,
    PREFETCH_MULTIPLIER: String(prefetchMultiplier),
  };
  return {
    name: 'Celery + RabbitMQ + SQLAlchemy',
    atomic: false,
    ledger: mysqlLedger(place.databaseUrl),
    load: async (tasks) => {
      await runPython('celery_load.py', [String(tasks)], env);
    },
    trickle: (tasks) => tricklePython('celery_load.py', tasks, env),
    start: (concurrency) =>
      Promise.resolve(
        startChild(
          python,
          ['-m', 'celery', '-A', 'celery_app', 'worker', '--concurrency', String(concurrency), '--loglevel', 'WARNING'],
          env,
        ),
      ),
    remove: () => place.remove(),
  };
}
