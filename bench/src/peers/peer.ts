import type { Program } from '@sorting-office/stack';
import type { Contender } from '../contenders/contender';
import { celery } from './python/celery';
import { flaskRq } from './python/flask-rq';
import { pythonProgram } from './python/python';
import { graphileWorker } from './postgresql/graphile-worker';
import { pgBoss } from './postgresql/pg-boss';
import { bullmq } from './redis/bullmq';
import { postgresProgram } from './servers/postgres';
import { redisProgram } from './servers/redis';
import type { PeerServers } from './servers/start';

/** Somebody else's way to do the same work. */
export interface Peer {
  /** Names it among the figures. */
  key: string;
  /** Programs that it cannot do without. */
  needs: readonly Program[];
  readonly open: (on: PeerServers) => Promise<Contender>;
  /** How many tasks are drained at each concurrency that it is measured at. */
  loads: Readonly<Record<number, number>>;
  /** The design that this project replaces: how many times as fast we have to be. */
  goal?: number;
}

/** So many that V8 has compiled what runs by the time that counts. */
const fast = { 10: 16_000, 50: 16_000 };

const onlyCelery = 'Celery is left out';
const onlyFlaskRq = 'Flask with RQ is left out';
const pymysql = pythonProgram('python3-pymysql', 'pymysql', 'Celery, and Flask with RQ, are left out');

const celeryNeeds = [
  pythonProgram('python3-celery', 'celery', onlyCelery),
  pythonProgram('python3-sqlalchemy', 'sqlalchemy', onlyCelery),
  pymysql,
];

const flaskRqNeeds = [
  redisProgram,
  pythonProgram('python3-rq', 'rq', onlyFlaskRq),
  pythonProgram('python3-flask-sqlalchemy', 'flask_sqlalchemy', onlyFlaskRq),
  pymysql,
];

export const allPeers: readonly Peer[] = [
  {
    key: 'bullmq',
    needs: [redisProgram],
    open: (on) => bullmq(on.servers, on.redis),
    loads: fast,
  },
  {
    key: 'graphileWorker',
    needs: [postgresProgram],
    open: (on) => graphileWorker(on.servers, on.postgres, { batching: false }),
    loads: fast,
  },
  {
    key: 'graphileWorkerBatching',
    needs: [postgresProgram],
    open: (on) => graphileWorker(on.servers, on.postgres, { batching: true }),
    loads: fast,
  },
  {
    key: 'pgBoss',
    needs: [postgresProgram],
    open: (on) => pgBoss(on.servers, on.postgres, { complete: 'in the transaction' }),
    loads: fast,
  },
  {
    key: 'pgBossBatching',
    needs: [postgresProgram],
    open: (on) => pgBoss(on.servers, on.postgres, { complete: 'in batches' }),
    loads: fast,
  },
  // A process for each task at a time: 50 of them would measure the machine.
  { key: 'celery', needs: celeryNeeds, open: (on) => celery(on.servers), loads: { 10: 6000 } },
  {
    key: 'flaskRqForking',
    needs: flaskRqNeeds,
    open: (on) => flaskRq(on.servers, on.redis, { worker: 'Worker' }),
    loads: { 10: 600 },
    goal: 10,
  },
  {
    key: 'flaskRqSimple',
    needs: flaskRqNeeds,
    open: (on) => flaskRq(on.servers, on.redis, { worker: 'SimpleWorker' }),
    loads: { 10: 1500 },
    goal: 10,
  },
  {
    key: 'flaskRqAlone',
    needs: flaskRqNeeds,
    open: (on) => flaskRq(on.servers, on.redis, { worker: 'SimpleWorker', alone: true }),
    loads: { 10: 800 },
    goal: 10,
  },
];
