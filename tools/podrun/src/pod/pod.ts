import { EventEmitter, once } from 'node:events';
import { Backoff } from '@sorting-office/stack';
import { environmentOf, type PodFields } from '../environment/environment';
import { expand } from '../environment/expand';
import type { Objects } from '../environment/objects';
import { portNumber } from '../probes/ask';
import type { Launch } from '../process/local-process';
import { pause } from '../process/pause';
import type { Container } from '../spec/container';
import type { PodSpec } from '../spec/pod';
import { mountMapping } from '../volumes/mounts';
import type { Folders } from '../volumes/volumes';
import { ContainerRun, type RunEvent } from './container-run';
import type { Machine } from './machine';

/** What happened in a pod, in order. */
export interface PodEvent {
  readonly container: string;
  readonly event: RunEvent | 'launched' | `exited ${string}`;
}

export interface PodSettings {
  readonly fields: PodFields;
  readonly spec: PodSpec;
  readonly objects: Objects;
  readonly folders: Folders;
  readonly machine: Machine;
}

/**
 * One pod: init containers one after the other until each has ended well, then all containers, each of which is started
 * again whenever it ends, until the pod is stopped. Emits `change` with whatever it notes.
 */
export class Pod extends EventEmitter<{ change: [PodEvent] }> {
  readonly history: PodEvent[] = [];
  readonly #settings: PodSettings;
  readonly #launches: ReadonlyMap<Container, Launch>;
  readonly #runs = new Map<Container, ContainerRun>();
  readonly #stopping = new AbortController();
  #life: Promise<void> | undefined;

  /** @throws PodrunError when the spec refers to what is not there */
  constructor(settings: PodSettings) {
    super();
    this.setMaxListeners(0);
    this.#settings = settings;
    const { initContainers, containers } = settings.spec;
    this.#launches = new Map([...initContainers, ...containers].map((each) => [each, this.#launchOf(each)]));
  }

  get fields(): PodFields {
    return this.#settings.fields;
  }

  get containers(): readonly Container[] {
    return this.#settings.spec.containers;
  }

  /** All containers are, and it is not being stopped. */
  get ready(): boolean {
    return !this.stopping && this.#settings.spec.containers.every((each) => this.#runs.get(each)?.ready);
  }

  get stopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Begins its life; once. */
  start(): void {
    this.#life ??= this.#live();
  }

  /** Resolves when nothing of it runs any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#runs.values()].map((run) => run.stop()));
    await this.#life;
  }

  /** Resolves when the condition holds, which is looked at with every change. */
  async until(condition: (pod: this) => boolean, signal?: AbortSignal): Promise<void> {
    while (!condition(this)) await once(this, 'change', signal && { signal });
  }

  /** The process of a container's latest run. */
  pid(container: string): number | undefined {
    return [...this.#runs].find(([{ name }]) => name === container)?.[1].pid;
  }

  async #live(): Promise<void> {
    const { initContainers, containers } = this.#settings.spec;
    for (const each of initContainers) await this.#keep(each, true);
    await Promise.all(containers.map((each) => this.#keep(each, false)));
  }

  /** Runs it again and again: an init container until it ends well, any until the pod is stopped. */
  async #keep(container: Container, init: boolean): Promise<void> {
    const { machine } = this.#settings;
    const backoff = new Backoff(machine.backoff);
    while (!this.stopping) {
      const began = performance.now();
      const run = this.#run(container);
      const { code, signal, error } = await run.exited;
      this.#note(container, `exited ${error?.message ?? signal ?? String(code)}`);
      if (init && code === 0) return;
      await pause(backoff.next(performance.now() - began), this.#stopping.signal);
    }
  }

  #run(container: Container): ContainerRun {
    const { fields, spec, machine } = this.#settings;
    const launch = this.#launches.get(container);
    if (!launch) throw new Error(`${container.name} is no container of ${fields.name}`);
    this.#note(container, 'launched');
    const run = new ContainerRun({
      container,
      launch,
      ip: fields.ip,
      timeScale: machine.timeScale,
      graceSeconds: spec.terminationGracePeriodSeconds,
      tell: (event) => this.#note(container, event),
    });
    this.#runs.set(container, run);
    void run.probe();
    return run;
  }

  #launchOf(container: Container): Launch {
    const { fields, objects, folders, machine } = this.#settings;
    for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
      if (probe?.httpGet) portNumber(probe.httpGet.port, container.ports);
    const map = mountMapping(container, folders);
    const said = environmentOf(container, objects, fields);
    const mapped = Object.entries(said).map(([name, value]) => [name, map(value)] as const);
    const [file = '', ...args] = [...container.command, ...container.args].map((each) => map(expand(each, said)));
    return {
      file,
      args,
      env: { ...Object.fromEntries(mapped), ...machine.inject(container, fields) },
      cwd: container.workingDir === undefined ? machine.workdir(container) : map(container.workingDir),
      onLine: (line) => machine.onLine(fields.name, container.name, line),
    };
  }

  #note({ name }: Container, event: PodEvent['event']): void {
    const noted: PodEvent = { container: name, event };
    this.history.push(noted);
    this.emit('change', noted);
  }
}
