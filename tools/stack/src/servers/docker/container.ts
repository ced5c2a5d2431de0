import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Exit, ManagedProcess } from '../../process/managed-process';
import { mark } from '../../process/marked';
import { run } from '../../process/run';
import type { Place } from '../place';
import type { Kind } from '../server';

const READY_WITHIN = 180_000;
const STOP_WITHIN = 30_000;

/** A server in a container, as data. */
export interface ContainerSpec {
  readonly kind: Kind;
  readonly image: string;
  /** Container port to port of 127.0.0.1. */
  readonly ports: Readonly<Record<number, number>>;
  /** Folder inside that holds the data. */
  readonly data: string;
  /** Names the volume together with the home: data made with other credentials are no use. */
  readonly password: string;
  readonly env: Readonly<Record<string, string>>;
  /** For the server inside. */
  readonly args: readonly string[];
  readonly ready: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * One container, attached to a `docker run` of ours, so that its end is seen like that of any other process. The engine would
 * keep it running if that client were killed: it has a name, and whatever bears the name is removed before each start.
 */
export class Container {
  readonly #process: ManagedProcess;
  readonly #name: string;

  constructor(
    private readonly spec: ContainerSpec,
    private readonly place: Place,
  ) {
    this.#name = containerName(place.home, spec.kind);
    this.#process = new ManagedProcess({
      name: `docker run ${spec.image}`,
      file: 'docker',
      args: runArguments(this.#name, spec, place),
      env: { ...process.env, ...spec.env, ...mark(place.home) },
      output: join(place.home, 'log', `${spec.kind}.log`),
      ready: spec.ready,
      readyWithin: READY_WITHIN,
      stopWithin: STOP_WITHIN,
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get exited(): Promise<Exit> {
    return this.#process.exited;
  }

  async start(signal: AbortSignal): Promise<void> {
    writeFileSync(trace(this.place.home), '');
    await pull(this.spec.image, this.place.say, signal);
    await remove(this.#name);
    try {
      await this.#process.start(signal);
    } catch (error) {
      await remove(this.#name);
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.pid === undefined) return;
    await run('docker', ['stop', '-t', String(STOP_WITHIN / 1000), this.#name]);
    await this.#process.stop();
  }

  async kill(): Promise<void> {
    if (this.pid === undefined) return;
    await run('docker', ['kill', this.#name]);
    await this.#process.kill();
  }

  /** Runs a command in it. */
  exec(command: string, args: readonly string[]): Promise<string> {
    return run('docker', ['exec', this.#name, command, ...args]);
  }

  /** Kills it and removes its data. */
  async wipe(): Promise<void> {
    await this.kill();
    await remove(this.#name);
    if (!this.place.temporary)
      await run('docker', ['volume', 'rm', '--force', volumeName(this.place, this.spec.password)]);
  }
}

/** Removes the containers of a stack that ended without doing so; asks no engine when it never had any. */
export async function removeContainers(home: string): Promise<void> {
  if (!existsSync(trace(home))) return;
  await remove(containerName(home, 'database'), containerName(home, 'broker'));
}

/** Tells that this home has had containers. */
function trace(home: string): string {
  return join(home, 'docker');
}

/** The arguments of `docker run`; secrets are named only, their values come from its environment. */
export function runArguments(
  name: string,
  { image, ports, data, password, env, args }: ContainerSpec,
  place: Place,
): string[] {
  return [
    'run',
    '--rm',
    ...['--name', name],
    ...['--hostname', 'office'], // RabbitMQ files its data under its host's name.
    ...Object.entries(ports).flatMap(([inside, outside]) => ['--publish', `127.0.0.1:${outside}:${inside}`]),
    ...(place.temporary ? [] : ['--volume', `${volumeName(place, password)}:${data}`]),
    ...Object.keys(env).flatMap((variable) => ['--env', variable]),
    image,
    ...args,
  ];
}

async function pull(image: string, say: Place['say'], signal: AbortSignal): Promise<void> {
  const known = await run('docker', ['image', 'inspect', image]).catch(() => undefined);
  if (known !== undefined) return;
  say(`pulling ${image} (once)`);
  await run('docker', ['pull', image], {
    signal,
    onOutput: (chunk) => {
      for (const line of chunk.split('\n')) if (/complete|Status/.test(line)) say(`  ${line.trim()}`);
    },
  });
}

/** That there is none, or no engine, is fine; one that could not be removed makes the next `docker run` fail with its name. */
async function remove(...names: readonly string[]): Promise<void> {
  await run('docker', ['rm', '--force', '--volumes', ...names]).catch(() => undefined);
}

function volumeName({ home }: Place, password: string): string {
  return `sorting-office-${digest(home + password)}`;
}

function containerName(home: string, kind: Kind): string {
  return `sorting-office-${kind}-${digest(home)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
