/** Where a Service may send connections. */
export interface Endpoint {
  readonly ip: string;
  readonly port: number;
}

/**
 * What the proxies of a cluster believe of a Service's endpoints: the truth, some time ago. A pod that stops is still sent
 * connections during that time, which is what preStop is for.
 */
export class Endpoints {
  readonly #believed = new Map<string, Endpoint>();
  readonly #truth = new Map<string, Endpoint>();
  #turn = 0;

  /** @param spread resolves when a change that is made now is known everywhere; in a cluster after a second or so */
  constructor(private readonly spread: () => Promise<void>) {}

  /** Says where a pod can be reached from now on; undefined when nowhere. Resolves when that is known everywhere. */
  async set(pod: string, endpoint: Endpoint | undefined): Promise<void> {
    put(this.#truth, pod, endpoint);
    await this.spread();
    // The truth may have changed meanwhile; what is told is the newest, never an older one.
    put(this.#believed, pod, this.#truth.get(pod));
  }

  /** One after the other; undefined when there is none. */
  next(): Endpoint | undefined {
    const all = [...this.#believed.values()];
    return all[this.#turn++ % all.length];
  }
}

function put(endpoints: Map<string, Endpoint>, pod: string, endpoint: Endpoint | undefined): void {
  if (endpoint) endpoints.set(pod, endpoint);
  else endpoints.delete(pod);
}
