import type { Servers } from '@sorting-office/stack';
import type { Contender } from '../../contenders/contender';
import { ledgerTable, mysqlLedger } from '../../contenders/ledger';
import { startChild, together } from '../../run/child';
import { makePlace } from '../../run/place';
import { emptyRedis } from '../redis/empty';
import { programArgs, python, pythonEnv, runPython, tricklePython } from './python';

/**
 * Flask, RQ and SQLAlchemy with an app made anew for each task. An RQ worker does one job at a time: to do more, RQ advises to start more.
 *
 * @param worker RQ's default, which forks a process for each job, or the one that runs jobs in its own
 * @param alone one worker, whatever the concurrency; else as many as tasks at a time
 */
export async function flaskRq(
  servers: Servers,
  redisUrl: string,
  { worker, alone = false }: { worker: 'Worker' | 'SimpleWorker'; alone?: boolean },
): Promise<Contender> {
  const place = await makePlace(servers);
  await place.statement(ledgerTable);
  const env = { ...pythonEnv(servers, place.databaseUrl), REDIS_URL: redisUrl };
  const args = programArgs('flask_rq_worker.py', worker);
  return {
    name: `Flask + RQ, ${alone ? 'one' : 'a'} ${worker}${alone ? '' : ' for each task at a time'}`,
    atomic: false,
    ledger: mysqlLedger(place.databaseUrl),
    load: async (tasks) => {
      await runPython('flask_rq_load.py', [String(tasks)], env);
    },
    trickle: (tasks) => tricklePython('flask_rq_load.py', tasks, env),
    start: (concurrency) => {
      const start = () => startChild(python, args, env);
      return Promise.resolve(together([start(), ...Array.from({ length: alone ? 0 : concurrency - 1 }, start)]));
    },
    remove: async () => {
      await place.remove();
      await emptyRedis(redisUrl);
    },
  };
}
