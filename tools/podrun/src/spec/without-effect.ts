import { z } from 'zod';

/** Fields that podrun knows, accepts and does nothing for. Any other that it does not act on is an error. */
export const withoutEffect = {
  /** A local process has our user, sees our disk, and shares the machine with all others. */
  container: ['imagePullPolicy', 'resources', 'securityContext'],
  /** One machine, no API server, and nobody to pull images from. */
  pod: [
    'automountServiceAccountToken',
    'enableServiceLinks',
    'imagePullSecrets',
    'nodeSelector',
    'priorityClassName',
    'securityContext',
    'serviceAccountName',
    'tolerations',
    'topologySpreadConstraints',
  ],
  /** Old pod templates are not kept, and nobody waits for a rollout's deadline. */
  deployment: ['revisionHistoryLimit', 'progressDeadlineSeconds'],
  /** Kinds of objects. A claim is a folder as soon as a pod mounts it. */
  kind: ['Ingress', 'Namespace', 'NetworkPolicy', 'PersistentVolumeClaim', 'ServiceAccount'],
} as const;

type Ignored<Names extends readonly string[]> = { [Name in Names[number]]: z.ZodOptional<z.ZodUnknown> };

/** A Zod shape in which each of these may be anything or absent. */
export function ignored<const Names extends readonly string[]>(names: Names): Ignored<Names> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Ignored<Names>;
}
