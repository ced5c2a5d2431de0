/**
 * The API: takes requests, commits tasks and has them published. It never runs one.
 *
 * ```
 *   start: listening (not ready) --> schema gate open --> ready; RabbitMQ may come later, the outbox waits for it
 *   stop:  not ready, still listening: kept connections are told to go --> listening no more, event streams ended -->
 *          requests under way finished --> confirms marked --> connections closed
 * ```
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BrokerConnection,
  BrokerError,
  brokerServer,
  DeadLetterBox,
  declareTopology,
  EventListener,
  EventSender,
  Outbox,
  Publisher,
  redispatch,
} from '@sorting-office/broker';
import { type Database, databaseServer, openDatabase, SchemaGate, stillRecognised } from '@sorting-office/db';
import { type Logger, observeProcess, type Telemetry } from '@sorting-office/telemetry';
import type { TaskRegistry } from '@sorting-office/tasks';
import { AccessWatch } from './access/access-watch';
import { UseNotes } from './access/use-notes';
import { createApp } from './app';
import { observeBacklog } from './backlog';
import { type ApiConfig, longestRequestsSeconds } from './config';
import { answerBrokenRequests } from './http/broken-requests';
import { ConnectionDrain } from './http/connection-drain';
import { limitTimes } from './http/request-limits';
import { EventStream } from './routes/events';
import { TaskEnds } from './tasks/task-ends';

export interface ApiOptions {
  config: ApiConfig;
  registry: TaskRegistry;
  log: Logger;
  telemetry: Telemetry;
  version: string;
}

export class Api {
  readonly #log: Logger;
  readonly #database: Database;
  readonly #gate: SchemaGate;
  readonly #connections: readonly BrokerConnection[];
  readonly #publisher: Publisher;
  readonly #outbox: Outbox;
  readonly #events: EventSender;
  readonly #listener: EventListener;
  readonly #server: Server;
  readonly #drain: ConnectionDrain;
  readonly #uses: UseNotes;
  readonly #watch: AccessWatch;
  readonly #stream: EventStream;
  readonly #delayMs: number;
  readonly #ends = new TaskEnds();
  readonly #stopping = new AbortController();
  readonly #declared: Promise<void>;

  /** Listens, and looks for its database and RabbitMQ for as long as it takes. */
  static async start(options: ApiOptions): Promise<Api> {
    const { config, log } = options;
    const broker = brokerServer(config);
    const name = `${hostname()}/${process.pid}`;
    const connect = (purpose: string) =>
      BrokerConnection.open({
        ...broker,
        name: `office api ${name} (${purpose})`,
        onTrouble: (error) =>
          log.warn(
            { purpose, reason: error.message, code: error instanceof BrokerError ? error.code : undefined },
            'RabbitMQ cannot be used',
          ),
      });
    const api = new Api(options, name, await connect('publish'), await connect('events'));
    await api.#listen(config);
    return api;
  }

  private constructor(options: ApiOptions, name: string, publishing: BrokerConnection, listening: BrokerConnection) {
    const { config, log } = options;
    const onTrouble = (error: unknown) => log.warn({ err: error }, 'RabbitMQ or the database was in the way');
    this.#log = log;
    this.#delayMs = config.API_SHUTDOWN_DELAY_SECONDS * 1000;
    this.#connections = [publishing, listening];
    this.#database = openDatabase({ ...databaseServer(config), poolSize: config.API_POOL_SIZE });
    this.#uses = new UseNotes(this.#database);
    this.#watch = new AccessWatch({
      everyMs: config.API_STREAM_CHECK_SECONDS * 1000,
      stillRecognised: (watched) => this.#database.read((db) => stillRecognised(db, watched)),
    });
    const stream = new EventStream({ perAccount: config.API_STREAMS_PER_ACCOUNT, watch: this.#watch });
    this.#stream = stream;
    this.#gate = new SchemaGate({
      database: this.#database,
      onChange: (state) => {
        if (state.open) log.info({ tables: state.verified }, `ready: ${state.verified} tables verified`);
        else log.warn({ reason: state.reason, code: state.code }, 'the schema gate is closed: requests are refused');
      },
    });
    this.#publisher = new Publisher({ connection: publishing, onTrouble });
    this.#outbox = new Outbox({
      database: this.#database,
      publisher: this.#publisher,
      onLeft: (task, error) => log.debug({ taskId: task.id, reason: String(error) }, 'left to the relay'),
      onTrouble,
    });
    this.#events = new EventSender({ connection: publishing, onTrouble });
    this.#listener = new EventListener({ connection: listening, name, pattern: 'task.*', onTrouble }, (event) => {
      this.#ends.tell(event);
      stream.tell(event);
    });
    this.#declared = new Promise((resolve) =>
      publishing.onConnected(() => void this.#declare(publishing).then(resolve)),
    );
    this.#server = createServer(
      { requireHostHeader: false, connectionsCheckingInterval: Math.min(30, config.API_REQUEST_SECONDS) * 500 },
      createApp({
        ...options,
        database: this.#database,
        gate: this.#gate,
        outbox: this.#outbox,
        events: this.#events,
        deadLetters: new DeadLetterBox({ connection: publishing, publisher: this.#publisher }),
        stream,
        uses: this.#uses,
        ends: this.#ends,
        notReady: () => this.#notReady(),
      }),
    );
    this.#drain = new ConnectionDrain(this.#server);
    answerBrokenRequests(this.#server);
    limitTimes(this.#server, config.API_REQUEST_SECONDS);
    observeBacklog(this.#database, () => this.#gate.state.open);
    observeProcess({ gateOpen: () => this.#gate.state.open, pool: () => this.#database.poolUse() });
    this.#gate.start();
  }

  /** Where it listens: the port, which may have been left to the system to choose. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves once the database is as it must be. Rejects when the signal aborts first. */
  whenReady(signal?: AbortSignal): Promise<void> {
    return this.#gate.opened(signal);
  }

  /** Resolves once tasks are published right after their commit, and events are heard. */
  async whenConnected(): Promise<void> {
    await Promise.all([this.#declared, this.#publisher.whenReady(), this.#listener.whenListening()]);
  }

  /** Lets everybody know that it goes, finishes the requests under way and closes everything. */
  async stop(): Promise<void> {
    const bound = AbortSignal.timeout(longestRequestsSeconds * 1000);
    this.#stopping.abort();
    this.#drain.begin();
    this.#log.info('stopping: not ready any more');
    await sleep(this.#delayMs);
    this.#log.info('stopping: taking no more requests');
    this.#ends.close();
    this.#stream.close();
    await this.#drain.close(bound);
    for (const part of [this.#outbox, this.#listener, this.#events, this.#publisher]) await part.close();
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.#uses.settled();
    await this.#watch.stop();
    await this.#gate.stop();
    await this.#database.close();
    this.#log.info('stopped');
  }

  /** Declares the topology, once the database can say what a fresh RabbitMQ has to be given again. */
  async #declare(connection: BrokerConnection): Promise<void> {
    try {
      await this.#gate.opened(this.#stopping.signal);
      await declareTopology(
        () => connection.createChannel(),
        async (missing) => {
          await redispatch(this.#database, missing);
        },
      );
    } catch (error) {
      // A worker declares it too, and the next connection tries again; until then tasks wait in the outbox.
      this.#log.warn({ err: error }, 'the topology could not be declared');
    }
  }

  #notReady(): string[] {
    const reasons: string[] = [];
    if (!this.#gate.state.open) reasons.push(`schema gate: ${this.#gate.state.reason}`);
    if (this.#stopping.signal.aborted) reasons.push('stopping');
    return reasons;
  }

  async #listen({ API_HOST, API_PORT }: ApiConfig): Promise<void> {
    this.#server.listen(API_PORT, API_HOST);
    await once(this.#server, 'listening');
    this.#log.info({ host: API_HOST, port: this.port }, 'listening');
  }
}
