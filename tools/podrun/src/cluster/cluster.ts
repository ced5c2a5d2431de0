/**
 * Rendered manifests, run: what a cluster would make of them, as processes of this machine.
 *
 * ```
 *   apply() --> Deployments --make, stop--> pods on nodes --ready?--> Services' endpoints --known late--> proxies <-- clients
 *                    ^                        |
 *                    +--- drain(): evicts ----+   as disruption budgets let it
 * ```
 */
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type KubernetesObject, stopMarked } from '@sorting-office/stack';
import { DeploymentController } from '../controllers/deployment';
import { PodrunError } from '../errors';
import { ServiceRoutes } from '../network/service-routes';
import type { Machine } from '../pod/machine';
import type { PlacedPod } from '../pod/placed-pod';
import { pause } from '../process/pause';
import type { Deployment } from '../spec/deployment';
import type { Service } from '../spec/service';
import { mayEvict } from './budgets';
import { type Manifests, readManifests } from './manifests';
import { Nodes } from './nodes';
import { PodMaker } from './pod-maker';

export interface ClusterSettings {
  readonly machine: Machine;
  /** Where the cluster makes a folder of its own, for as long as it runs. */
  readonly parentFolder: string;
  readonly nodes: readonly string[];
  /** How long it takes until everybody knows that a Service's endpoints have changed, in seconds; scaled. */
  readonly spreadSeconds: number;
  /** See Addresses: two clusters at once want different ones. */
  readonly block: number;
}

/** What is left of a pod's processes beyond their group has so long to end, in milliseconds. */
const STRAY_GRACE = 2_000;

export class Cluster {
  readonly #changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  readonly #deployments = new Map<string, DeploymentController>();
  readonly #services = new Map<string, ServiceRoutes>();
  readonly #pods: PlacedPod[] = [];
  readonly #stopped = new AbortController();
  readonly #nodes: Nodes;
  readonly #maker: PodMaker;
  #manifests: KubernetesObject[] = [];
  #read: Manifests = readManifests([]);

  private constructor(
    private readonly settings: ClusterSettings,
    private readonly folder: string,
  ) {
    const { machine, nodes, block } = settings;
    this.#nodes = new Nodes(nodes);
    this.#maker = new PodMaker(machine, folder, this.#nodes, block);
  }

  /** A cluster in which nothing runs yet. */
  static async make(settings: ClusterSettings): Promise<Cluster> {
    return new Cluster(settings, await mkdtemp(join(settings.parentFolder, 'cluster-')));
  }

  /** Every pod that there ever was. */
  get pods(): readonly PlacedPod[] {
    return this.#pods;
  }

  /**
   * As `kubectl apply`: what is new is made, what is there is changed, and what is not mentioned stays.
   *
   * @throws PodrunError when podrun does not understand it; nothing has changed then
   */
  async apply(manifests: readonly KubernetesObject[]): Promise<void> {
    const { services, deployments } = readManifests(manifests);
    const changed = [...services].find(([name, service]) => this.#services.get(name)?.differs(service));
    if (changed) throw new PodrunError('UNSUPPORTED', `podrun does not change a Service that is there: ${changed[0]}`);
    const isSame = (a: KubernetesObject, b: KubernetesObject) =>
      a.kind === b.kind && a.metadata.name === b.metadata.name;
    const kept = this.#manifests.filter((old) => !manifests.some((fresh) => isSame(old, fresh)));
    this.#manifests = [...kept, ...manifests];
    this.#read = readManifests(this.#manifests);
    for (const [name, service] of services) if (!this.#services.has(name)) await this.#open(name, service);
    for (const [name, deployment] of deployments) this.#applyDeployment(name, deployment);
  }

  /** @throws PodrunError MISSING_REFERENCE */
  deployment(name: string): DeploymentController {
    return existing(this.#deployments, name, 'Deployment');
  }

  /** @throws PodrunError MISSING_REFERENCE */
  service(name: string): ServiceRoutes {
    return existing(this.#services, name, 'Service');
  }

  /** Resolves when every Deployment is settled. @throws as DeploymentController.until */
  async settled(signal?: AbortSignal): Promise<void> {
    await Promise.all([...this.#deployments.values()].map((each) => each.until(({ settled }) => settled, signal)));
  }

  /**
   * As `kubectl drain`: nothing new is put on the node, and what is on it is evicted as soon as the budgets let it. Resolves when
   * nothing of it is left.
   *
   * @throws PodrunError as cordon; the signal's reason when it aborts first
   */
  async drain(node: string, signal?: AbortSignal): Promise<void> {
    this.cordon(node);
    const on = () =>
      [...this.#deployments.values()].flatMap((controller) =>
        controller.pods.filter((placed) => placed.node === node).map((placed) => ({ controller, placed })),
      );
    for (let there = on(); there.length > 0; there = on())
      await Promise.all(there.map(({ controller, placed }) => this.#evict(controller, placed, signal)));
  }

  /** No new pod is put on the node. @throws PodrunError MISSING_REFERENCE, or UNSUPPORTED when it is the last one that takes pods */
  cordon(node: string): void {
    this.#nodes.cordon(node);
  }

  /** Lets a cordoned node take pods again. */
  uncordon(node: string): void {
    this.#nodes.uncordon(node);
  }

  /** Stops everything and removes the cluster's folder. Resolves to how many processes had got away from their pods. */
  async stop(): Promise<number> {
    this.#stopped.abort();
    await Promise.all([...this.#deployments.values()].map((each) => each.stop()));
    await Promise.all([...this.#services.values()].map((each) => each.close()));
    const strays = await stopMarked(this.folder, STRAY_GRACE);
    await rm(this.folder, { recursive: true });
    return strays;
  }

  async #open(name: string, service: Service): Promise<void> {
    const routes = await ServiceRoutes.open(service, () => this.#spread());
    this.#services.set(name, routes);
    for (const { pods } of this.#deployments.values()) for (const placed of pods) routes.follow(placed);
  }

  #applyDeployment(name: string, spec: Deployment): void {
    const there = this.#deployments.get(name);
    if (there) {
      there.apply(spec);
      return;
    }
    const controller = new DeploymentController({
      name,
      spec,
      replicas: spec.replicas ?? this.#read.minReplicas.get(name) ?? 1,
      timeScale: this.settings.machine.timeScale,
      makePod: async (order) => this.#follow(await this.#maker.make(order, this.#read.objects)),
    });
    controller.on('change', () => this.#changes.emit('change'));
    this.#deployments.set(name, controller);
  }

  #follow(placed: PlacedPod): PlacedPod {
    this.#pods.push(placed);
    for (const service of this.#services.values()) service.follow(placed);
    return placed;
  }

  async #evict(controller: DeploymentController, placed: PlacedPod, signal?: AbortSignal): Promise<void> {
    while (!placed.pod.stopping && !this.#mayEvict(placed)) await once(this.#changes, 'change', signal && { signal });
    await controller.evict(placed.name);
  }

  #mayEvict(placed: PlacedPod): boolean {
    const candidate = ({ labels, pod: { ready } }: PlacedPod) => ({ labels, ready });
    const all = [...this.#deployments.values()].flatMap(({ pods }) => pods);
    return mayEvict(candidate(placed), all.map(candidate), this.#read.budgets.values());
  }

  async #spread(): Promise<void> {
    const { spreadSeconds, machine } = this.settings;
    await pause(spreadSeconds * 1000 * machine.timeScale, this.#stopped.signal);
  }
}

function existing<Value>(all: ReadonlyMap<string, Value>, name: string, kind: string): Value {
  const value = all.get(name);
  if (value === undefined) throw new PodrunError('MISSING_REFERENCE', `there is no ${kind} ${name}`);
  return value;
}
