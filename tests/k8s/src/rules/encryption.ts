import type { KubernetesObject } from '@sorting-office/stack';
import { type Container, containersOf, ours, place } from '../pods';
import { environmentOf } from './environment';
import type { Rule } from './rule';

/** Servers prove who they are, but for those that a cluster for trying things out runs by itself; and who may have signed for them is mounted. */
export const serversProveThemselves: Rule = (objects) =>
  ours(objects).flatMap((workload) =>
    containersOf(workload).flatMap((container) => {
      const environment = environmentOf(container, objects);
      const at = place(workload, container);
      return [
        ...clearProblems(at, environment, objects),
        ...(['DATABASE', 'AMQP'] as const).flatMap((what) => {
          const file = environment[`${what}_CA_FILE`];
          // Who migrates needs no RabbitMQ, and shares the ConfigMap of those that do.
          if (file === undefined || (what === 'AMQP' && container.name === 'migrate')) return [];
          return isMounted(container, file) ? [] : [`${at}: ${what}_CA_FILE is ${file}, where nothing is mounted`];
        }),
      ];
    }),
  );

function clearProblems(
  at: string,
  environment: Record<string, string>,
  objects: readonly KubernetesObject[],
): string[] {
  return (['DATABASE', 'AMQP'] as const).flatMap((what) => {
    const url = environment[`${what}_URL`];
    if (environment[`${what}_TLS`] !== 'off' || url === undefined) return [];
    const { hostname } = new URL(url);
    const own = objects.some(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === hostname);
    return own ? [] : [`${at}: ${what}_TLS is off, and ${hostname} is no server of this overlay`];
  });
}

const isMounted = ({ volumeMounts }: Container, file: string): boolean =>
  volumeMounts.some(({ mountPath }) => file.startsWith(`${mountPath}/`));
