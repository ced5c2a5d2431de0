import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createToken, type Database, openDatabase, Task } from '@sorting-office/db';
import { Cluster, type Machine } from '@sorting-office/podrun';
import { createTestDatabase, createTestVhost, type KubernetesObject } from '@sorting-office/stack';
import { effectsTable } from '../tasks/effect-task';
import { Client } from './client';
import { makeImages } from './images';
import { renderOffice } from './overlay';

/** What probe periods, preStop's sleep and the spreading of endpoints are multiplied by; small enough, and with time for a slow start. */
const timeScale = 0.3;
/** How long it takes in a cluster until its nodes know of changed endpoints, in seconds. */
const spreadSeconds = 1;
/** 127.x of this suite's pods: another run on this machine most likely has another one. */
const block = () => randomInt(200, 255);
const lastLines = 40;

/** Sorting Office as its local overlay deploys it, on two nodes, with servers of this suite. */
export class Office {
  #stopped: Promise<number> | undefined;

  private constructor(
    readonly cluster: Cluster,
    readonly manifests: readonly KubernetesObject[],
    readonly database: Database,
    readonly token: string,
    private readonly removeRest: () => Promise<void>,
  ) {}

  /** Deploys into an empty database; resolves when all pods are ready. */
  static async deploy(signal: AbortSignal): Promise<Office> {
    const folder = await mkdtemp(join(tmpdir(), 'deploy-'));
    const [home, vhost, folderOf] = await Promise.all([createTestDatabase(), createTestVhost(), makeImages(folder)]);
    const lines = new Map<string, string[]>();
    const cluster = await Cluster.make({
      machine: machine(folderOf, lines),
      parentFolder: folder,
      nodes: ['one', 'two'],
      spreadSeconds,
      block: block(),
    });
    const database = openDatabase({ url: home.url });
    const removeRest = async () => {
      await database.close();
      await vhost.drop();
      await home.drop();
      await rm(folder, { recursive: true });
    };
    try {
      const manifests = await renderOffice({ databaseUrl: home.url, amqpUrl: vhost.amqpUrl });
      await cluster.apply(manifests);
      await cluster.settled(signal);
      const token = await database.transaction(async (db) => {
        await db.execute(effectsTable);
        return createToken(db, 'owner', 'deploy');
      });
      return new Office(cluster, manifests, database, token, removeRest);
    } catch (error) {
      const said = [...lines.values()].flat().join('\n');
      await cluster.stop();
      await removeRest();
      throw new Error(`could not be deployed: ${String(error)}\n${said}`, { cause: error });
    }
  }

  /** A connection to the API's Service. */
  client(): Client {
    return new Client(this.cluster.service('office-api').port('http'), this.token);
  }

  /** How many tasks are still to be done: of some, or of all. */
  async undone(ids?: readonly string[]): Promise<number> {
    if (ids?.length === 0) return 0;
    return this.database.read((db) => {
      const query = db(Task).where({ state: 'queued' });
      return (ids ? query.whereIn('id', ids) : query).resultSize();
    });
  }

  /** How often each task's effect is there, by its id; with the state of those whose is not there once. */
  async effects(): Promise<{ id: string; state: string; effects: number }[]> {
    return this.database.read((db) =>
      db.rows(
        `SELECT t.id, t.state, COUNT(e.id) AS effects FROM tasks t
         LEFT JOIN deploy_effects e ON e.task_id = t.id GROUP BY t.id, t.state`,
      ),
    );
  }

  /** Stops all pods; once. Resolves to how many processes had got away from them. */
  stop(): Promise<number> {
    return (this.#stopped ??= this.cluster.stop());
  }

  /** Stops everything, and removes what it had. */
  async close(): Promise<void> {
    await this.stop();
    await this.removeRest();
  }
}

function machine(folderOf: (image: string) => string, lines: Map<string, string[]>): Machine {
  return {
    workdir: ({ image }) => folderOf(image),
    inject: (_container, { name, ip }) => ({
      PATH: dirname(process.execPath),
      API_HOST: ip,
      HEALTH_HOST: ip,
      POD: name,
    }),
    timeScale,
    backoff: { first: 500, longest: 5000 },
    onLine: (pod, _container, line) => lines.set(pod, [...(lines.get(pod) ?? []), line].slice(-lastLines)),
  };
}
