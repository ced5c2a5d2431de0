import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Exit, ManagedProcess } from '../../process/managed-process';
import { mark } from '../../process/marked';
import { run } from '../../process/run';
import { serviceUser, type User } from '../../process/user';
import { type CertificateFiles, writeCertificate } from '../certificate';
import { secret, writeOwned } from '../owned-file';
import type { Place } from '../place';
import { onFreePorts } from '../ports';
import type { BrokerServer } from '../server';
import { serverFolder } from '../server-folder';
import { epmdAnswers } from './epmd';
import { Management } from './management';

const READY_WITHIN = 90_000;
const STOP_WITHIN = 30_000;

/** RabbitMQ's own start script (not a distribution's wrapper, which changes user and environment) and Erlang's name server. */
export interface BrokerBinary {
  readonly script: string;
  readonly epmd: string;
}

/** The ports that one node listens on. */
interface Ports {
  readonly amqp: number;
  /** Only with a certificate. */
  readonly amqps: number;
  readonly management: number;
  readonly distribution: number;
  readonly epmd: number;
}

/**
 * A RabbitMQ node of our own, from an installed program: 127.0.0.1 only, on free ports, data in the stack's home, with the
 * management plugin. Its node name never changes, as its data are filed under it.
 *
 * Erlang's name server, epmd, would be started by the node in the background and survive it. So it is started first, as a
 * process of its own.
 */
export class PrivateBroker implements BrokerServer {
  readonly kind = 'broker';
  readonly ours = true;
  readonly origin: string;
  url = '';
  tlsUrl: string | undefined;
  managementUrl = '';
  version = '';
  #folder: string | undefined;
  #control: ((args: readonly string[]) => Promise<string>) | undefined;
  #processes: { readonly epmd: ManagedProcess; readonly node: ManagedProcess } | undefined;

  constructor(
    private readonly binary: BrokerBinary,
    private readonly place: Place,
  ) {
    this.origin = binary.script;
  }

  get pid(): number | undefined {
    return this.#processes?.node.pid;
  }

  get exited(): Promise<Exit> {
    if (!this.#processes) throw new Error('the broker was never started');
    return this.#processes.node.exited;
  }

  async start(signal = this.place.signal): Promise<void> {
    const user = serviceUser('rabbitmq');
    const folder = await serverFolder(this.place, 'broker', user);
    this.#folder = folder;
    const certificate = this.place.certificate?.();
    const files = certificate && writeCertificate(folder, certificate, user);
    if (this.#processes) return startBoth(this.#processes, signal);
    const password = secret(join(folder, 'password'), user);
    secret(join(folder, '.erlang.cookie'), user, 0o400);
    await onFreePorts(5, async ([amqp, amqps, management, distribution, epmd]) => {
      const ports = { amqp, amqps, management, distribution, epmd };
      this.url = `amqp://office:${password}@127.0.0.1:${amqp}`;
      this.tlsUrl = files && `amqps://office:${password}@localhost:${amqps}`;
      this.managementUrl = `http://office:${password}@127.0.0.1:${management}`;
      writeOwned(join(folder, 'rabbitmq.conf'), configuration(ports, password, files), user);
      writeOwned(join(folder, 'enabled_plugins'), '[rabbitmq_management].\n', user);
      const processes = { epmd: this.#prepareEpmd(folder, ports, user), node: this.#prepareNode(folder, ports, user) };
      await startBoth(processes, signal);
      this.#processes = processes;
      this.#control = (args) => {
        // Its port is the node's; a program that talks to the node has another one.
        const env = { ...this.#environment(folder, ports), RABBITMQ_DIST_PORT: undefined };
        return run(join(dirname(this.binary.script), 'rabbitmqctl'), ['--quiet', ...args], { env, user });
      };
    });
  }

  async stop(): Promise<void> {
    await this.#processes?.node.stop();
    await this.#processes?.epmd.kill();
  }

  async kill(): Promise<void> {
    await Promise.all([this.#processes?.node.kill(), this.#processes?.epmd.kill()]);
  }

  async wipe(): Promise<void> {
    await this.kill();
    if (this.#folder) await rm(dataFolder(this.#folder), { recursive: true, force: true, maxRetries: 3 });
  }

  control(...args: readonly string[]): Promise<string> {
    if (!this.#control) return Promise.reject(new Error('the broker was never started'));
    return this.#control(args);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  #prepareEpmd(folder: string, ports: Ports, user: User | undefined): ManagedProcess {
    return new ManagedProcess({
      name: 'epmd',
      file: this.binary.epmd,
      args: ['-address', '127.0.0.1', '-port', String(ports.epmd)],
      env: this.#environment(folder, ports),
      cwd: '/',
      user,
      output: join(this.place.home, 'log', 'epmd.log'),
      ready: () => epmdAnswers(ports.epmd),
      readyWithin: READY_WITHIN,
      stopWithin: STOP_WITHIN,
    });
  }

  #prepareNode(folder: string, ports: Ports, user: User | undefined): ManagedProcess {
    const management = new Management(this.managementUrl);
    return new ManagedProcess({
      name: 'rabbitmq',
      file: this.binary.script,
      args: [],
      env: this.#environment(folder, ports),
      cwd: '/',
      user,
      output: join(this.place.home, 'log', 'broker.log'),
      ready: async (signal) => {
        await management.whenServing(ports.amqp, signal);
        this.version = await management.version(signal);
      },
      readyWithin: READY_WITHIN,
      stopWithin: STOP_WITHIN,
    });
  }

  #environment(folder: string, ports: Ports): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      HOME: folder,
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: 'office@localhost',
      RABBITMQ_DIST_PORT: String(ports.distribution),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      RABBITMQ_MNESIA_BASE: dataFolder(folder),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_PID_FILE: join(folder, 'server.pid'),
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RUNNING_UNDER_SYSTEMD: 'true', // The script becomes the node, so that its process id is the node's.
      ...mark(this.place.home),
    };
  }
}

const dataFolder = (folder: string) => join(folder, 'data');

async function startBoth(
  { epmd, node }: { epmd: ManagedProcess; node: ManagedProcess },
  signal: AbortSignal,
): Promise<void> {
  if (epmd.pid === undefined) await epmd.start(signal);
  try {
    await node.start(signal);
  } catch (error) {
    await epmd.kill();
    throw error;
  }
}

function configuration(
  { amqp, amqps, management }: Ports,
  password: string,
  files: CertificateFiles | undefined,
): string {
  const tls = files && [
    `listeners.ssl.1 = 127.0.0.1:${amqps}`,
    `ssl_options.cacertfile = ${files.authority}`,
    `ssl_options.certfile = ${files.certificate}`,
    `ssl_options.keyfile = ${files.key}`,
  ];
  return [
    `listeners.tcp.1 = 127.0.0.1:${amqp}`,
    ...(tls ?? []),
    'management.tcp.ip = 127.0.0.1',
    `management.tcp.port = ${management}`,
    'default_user = office',
    `default_pass = ${password}`,
    '',
  ].join('\n');
}
