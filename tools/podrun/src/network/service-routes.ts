import { isDeepStrictEqual } from 'node:util';
import { PodrunError } from '../errors';
import type { PlacedPod } from '../pod/placed-pod';
import { portNumber } from '../probes/ask';
import { selects } from '../spec/deployment';
import type { Service } from '../spec/service';
import { Endpoints } from './endpoints';
import { ServiceProxy } from './service-proxy';

interface Route {
  readonly port: Service['ports'][number];
  readonly endpoints: Endpoints;
  readonly proxy: ServiceProxy;
}

/** A Service: each of its ports is a proxy to the ready ones among the pods that it selects, as far as is known by then. */
export class ServiceRoutes {
  private constructor(
    private readonly service: Service,
    private readonly routes: readonly Route[],
  ) {}

  /** @param spread see Endpoints */
  static async open(service: Service, spread: () => Promise<void>): Promise<ServiceRoutes> {
    const open = async (port: Route['port']): Promise<Route> => {
      const endpoints = new Endpoints(spread);
      return { port, endpoints, proxy: await ServiceProxy.listen(() => endpoints.next()) };
    };
    return new ServiceRoutes(service, await Promise.all(service.ports.map(open)));
  }

  /** Where this machine reaches one of its ports. @throws PodrunError MISSING_REFERENCE when it has none of that name */
  port(name: string): number {
    const route = this.routes.find(({ port }) => port.name === name);
    if (!route) throw new PodrunError('MISSING_REFERENCE', `the Service has no port ${name}`);
    return route.proxy.port;
  }

  /** Leads to a pod for as long as it is ready, if it is one of the selected. */
  follow({ pod, name, labels }: PlacedPod): void {
    if (!selects(this.service.selector, labels)) return;
    const ports = pod.containers.flatMap((container) => container.ports);
    let known = false;
    const look = () => {
      if (pod.ready === known) return;
      known = pod.ready;
      for (const { port, endpoints } of this.routes) {
        const endpoint = { ip: pod.fields.ip, port: portNumber(port.targetPort, ports) };
        void endpoints.set(name, known ? endpoint : undefined);
      }
    };
    pod.on('change', look);
    look();
  }

  /** Whether it is not what a manifest says. */
  differs(service: Service): boolean {
    return !isDeepStrictEqual(this.service, service);
  }

  async close(): Promise<void> {
    await Promise.all(this.routes.map(({ proxy }) => proxy.close()));
  }
}
