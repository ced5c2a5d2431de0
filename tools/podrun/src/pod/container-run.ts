import { ask, runProgram } from '../probes/ask';
import { watch } from '../probes/watch';
import { type Exit, type Launch, LocalProcess } from '../process/local-process';
import { pause, settlesWithin } from '../process/pause';
import type { Container } from '../spec/container';

/** What a run of a container tells: its state may have changed, or something happened that a test may want to know. */
export type RunEvent = 'started' | 'ready' | 'not-ready' | 'unhealthy' | 'stopping' | 'terminated' | 'killed';

export interface RunSettings {
  readonly container: Container;
  readonly launch: Launch;
  readonly ip: string;
  /** What probe periods and preStop's sleep are multiplied by; grace never is. */
  readonly timeScale: number;
  readonly graceSeconds: number;
  readonly tell: (event: RunEvent) => void;
}

/** What the kubelet leaves a process after SIGTERM even when preStop has used up the grace; milliseconds. */
const LEAST_GRACE = 2_000;

/**
 * One run of a container, from its process' start to its end; it is never started again.
 *
 *     process starts -> startup probe -> started -> liveness and readiness probes -> ended
 *                            |                            |
 *                            +---- unhealthy ------> stop(): preStop, SIGTERM, grace, SIGKILL
 */
export class ContainerRun {
  readonly #process: LocalProcess;
  readonly #probing = new AbortController();
  readonly #settings: RunSettings;
  #ready = false;
  #ended = false;
  #stopped: Promise<void> | undefined;

  constructor(settings: RunSettings) {
    this.#settings = settings;
    this.#process = new LocalProcess(settings.launch);
    void this.exited.then(() => {
      this.#ended = true;
      this.#probing.abort();
      this.#setReady(false);
    });
  }

  get exited(): Promise<Exit> {
    return this.#process.exited;
  }

  get ready(): boolean {
    return this.#ready;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    await (this.#stopped ??= this.#stop());
  }

  /** Begins to probe; tells that it has started and is ready where there is nothing to be asked. Once. */
  async probe(): Promise<void> {
    const { startupProbe, livenessProbe, readinessProbe } = this.#settings.container;
    if (startupProbe) await this.#untilStarted(startupProbe);
    if (this.#probing.signal.aborted) return;
    this.#settings.tell('started');
    if (livenessProbe)
      void this.#watch(livenessProbe, (healthy) => {
        if (!healthy) this.#unhealthy();
      });
    if (readinessProbe) void this.#watch(readinessProbe, (ready) => this.#setReady(ready));
    else this.#setReady(true);
  }

  /** Asks more often, but for as long as in a cluster: a program starts no sooner because time is scaled. */
  async #untilStarted(probe: NonNullable<Container['startupProbe']>): Promise<void> {
    const started = new AbortController();
    await this.#watch(
      { ...probe, failureThreshold: Math.ceil(probe.failureThreshold / this.#settings.timeScale) },
      (healthy) => {
        if (!healthy) this.#unhealthy();
        started.abort();
      },
      started.signal,
    );
  }

  #watch(
    probe: NonNullable<Container['startupProbe']>,
    verdict: (healthy: boolean) => void,
    until?: AbortSignal,
  ): Promise<void> {
    const { container, launch, ip, timeScale } = this.#settings;
    const signal = AbortSignal.any([this.#probing.signal, ...(until ? [until] : [])]);
    return watch(probe, () => ask(probe, { ip, ports: container.ports, launch }, signal), timeScale, signal, verdict);
  }

  #unhealthy(): void {
    this.#settings.tell('unhealthy');
    void this.stop();
  }

  #setReady(ready: boolean): void {
    if (this.#ready === ready) return;
    this.#ready = ready;
    this.#settings.tell(ready ? 'ready' : 'not-ready');
  }

  async #stop(): Promise<void> {
    const { graceSeconds, tell } = this.#settings;
    const end = performance.now() + graceSeconds * 1000;
    this.#probing.abort();
    tell('stopping');
    await this.#preStop(graceSeconds * 1000);
    tell('terminated');
    this.#process.terminate();
    if (await settlesWithin(this.exited, Math.max(end - performance.now(), LEAST_GRACE))) return;
    tell('killed');
    this.#process.kill();
    await this.exited;
  }

  /** Ends with the process or with the grace, whatever preStop does; that it fails does not matter. */
  async #preStop(grace: number): Promise<void> {
    const { sleep, exec } = this.#settings.container.lifecycle?.preStop ?? {};
    const over = new AbortController();
    void this.exited.then(() => over.abort());
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(grace)]);
    if (sleep) await pause(sleep.seconds * 1000 * this.#settings.timeScale, signal);
    if (exec) await runProgram(exec.command, this.#settings.launch, signal);
  }
}
