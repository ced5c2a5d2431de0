/**
 * Keeps as many pods of a template as are wanted, and replaces those of another one step by step.
 *
 * ```
 *   apply(), scale(), a pod changes --> nextStep() --> makes pods, stops pods
 *         ^                                                   |
 *         +---------------------------------------------------+
 *
 *   settled: so many pods, all of the current template and available, and no other left, not even one that is being stopped
 * ```
 */
import { EventEmitter, once } from 'node:events';
import type { PlacedPod } from '../pod/placed-pod';
import type { Deployment } from '../spec/deployment';
import type { PodTemplate } from '../spec/pod';
import { Availability } from './availability';
import { nextStep } from './rolling-update';
import { templateHash } from './template-hash';

/** A pod to be. */
export interface PodOrder {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
}

export interface DeploymentSettings {
  readonly name: string;
  readonly spec: Deployment;
  readonly replicas: number;
  /** What minReadySeconds is multiplied by. */
  readonly timeScale: number;
  /** Makes a pod whose life has not begun. */
  readonly makePod: (order: PodOrder) => Promise<PlacedPod>;
}

interface Kept {
  readonly placed: PlacedPod;
  readonly hash: string;
  readonly availability: Availability;
}

/** Emits `change` whenever one of its pods, or their number, changes. */
export class DeploymentController extends EventEmitter<{ change: [] }> {
  readonly #settings: DeploymentSettings;
  readonly #kept = new Map<string, Kept>();
  #spec: Deployment;
  #replicas: number;
  #made = 0;
  #stopped = false;
  #steps: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  constructor(settings: DeploymentSettings) {
    super();
    this.setMaxListeners(0);
    this.#settings = settings;
    this.#spec = settings.spec;
    this.#replicas = settings.replicas;
    this.#look();
  }

  /** Those that are there, those that are being stopped included. */
  get pods(): PlacedPod[] {
    return [...this.#kept.values()].map(({ placed }) => placed);
  }

  get settled(): boolean {
    const hash = templateHash(this.#spec.template);
    const kept = [...this.#kept.values()];
    return kept.length === this.#replicas && kept.every((each) => each.hash === hash && each.availability.available);
  }

  /** As `kubectl apply` does: a number of replicas that the manifest does not say stays as it is. */
  apply(spec: Deployment): void {
    this.#spec = spec;
    this.scale(spec.replicas ?? this.#replicas);
  }

  scale(replicas: number): void {
    this.#replicas = replicas;
    this.#look();
  }

  /** Takes a pod away, for which another one is made. Resolves when it is gone. */
  async evict(pod: string): Promise<void> {
    const kept = this.#kept.get(pod);
    if (kept) await this.#remove(kept);
  }

  /**
   * Resolves when the condition holds, which is looked at with every change.
   *
   * @throws PodrunError when a pod could not be made; the signal's reason when it aborts first
   */
  async until(condition: (controller: this) => boolean, signal?: AbortSignal): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      if (condition(this)) return;
      await once(this, 'change', signal && { signal });
    }
  }

  /** Takes all pods away and makes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#steps;
    await Promise.all([...this.#kept.values()].map((kept) => this.#remove(kept)));
  }

  #look(): void {
    this.#steps = this.#steps.then(() => this.#step()).catch((error: unknown) => this.#fail(error));
  }

  async #step(): Promise<void> {
    if (this.#stopped) return;
    const spec = this.#spec;
    const hash = templateHash(spec.template);
    const members = [...this.#kept.values()]
      .filter(({ placed }) => !placed.pod.stopping)
      .map((kept) => ({
        name: kept.placed.name,
        current: kept.hash === hash,
        ready: kept.availability.available,
      }));
    const { create, stop } = nextStep({ replicas: this.#replicas, ...spec.strategy.rollingUpdate }, members);
    for (const name of stop) void this.evict(name).catch((error: unknown) => this.#fail(error));
    for (let left = create; left > 0; left--) await this.#create(spec, hash);
  }

  async #create({ template, minReadySeconds }: Deployment, hash: string): Promise<void> {
    const { name, timeScale, makePod } = this.#settings;
    const placed = await makePod({
      name: `${name}-${hash}-${String(++this.#made)}`,
      labels: { ...template.metadata.labels, 'pod-template-hash': hash },
      template,
    });
    const changed = () => {
      this.emit('change');
      this.#look();
    };
    const availability = new Availability(placed.pod, minReadySeconds * 1000 * timeScale, changed);
    this.#kept.set(placed.name, { placed, hash, availability });
    placed.pod.on('change', changed);
    placed.pod.start();
    this.emit('change');
  }

  async #remove({ placed }: Kept): Promise<void> {
    const removed = placed.remove();
    this.#look();
    await removed;
    this.#kept.delete(placed.name);
    this.emit('change');
  }

  #fail(error: unknown): void {
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    this.emit('change');
  }
}
