import type { BackoffOptions } from '@sorting-office/stack';
import type { PodFields } from '../environment/environment';
import type { Container } from '../spec/container';

/** What pods find here instead of a node with images. */
export interface Machine {
  /** The folder in which a container's program is, as its image would have it as working directory. */
  readonly workdir: (container: Container) => string;
  /**
   * Variables that manifests do not say: PATH, and the pod's address for programs that would listen on all addresses
   * (API_HOST, HEALTH_HOST), since all pods share this machine's ports. They win over the manifest's.
   */
  readonly inject: (container: Container, pod: PodFields) => Readonly<Record<string, string>>;
  /** One factor for probe periods, preStop and the delay of endpoints. */
  readonly timeScale: number;
  /** Between restarts; the kubelet's is 10 s, doubled up to 5 min. */
  readonly backoff: BackoffOptions;
  readonly onLine: (pod: string, container: string, line: string) => void;
}
