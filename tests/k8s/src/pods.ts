/** The part of workloads that the rules look at. What they do not look at is the schemas' business. */
import type { KubernetesObject } from '@sorting-office/stack';
import { z } from 'zod';

const port = z.union([z.string(), z.int()]);
const probe = z.looseObject({
  httpGet: z.looseObject({ path: z.string(), port }).optional(),
  failureThreshold: z.int().default(3),
  periodSeconds: z.int().default(10),
});
const reference = z.looseObject({ name: z.string(), key: z.string() });

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.int() })).default([]),
  env: z
    .array(
      z.looseObject({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z
          .looseObject({ secretKeyRef: reference.optional(), configMapKeyRef: reference.optional() })
          .optional(),
      }),
    )
    .default([]),
  envFrom: z
    .array(
      z.looseObject({
        configMapRef: z.looseObject({ name: z.string() }).optional(),
        secretRef: z.looseObject({ name: z.string() }).optional(),
      }),
    )
    .default([]),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  lifecycle: z
    .looseObject({
      preStop: z
        .looseObject({
          sleep: z.looseObject({ seconds: z.int() }).optional(),
          exec: z.looseObject({ command: z.array(z.string()) }).optional(),
        })
        .optional(),
    })
    .optional(),
  resources: z
    .looseObject({
      requests: z.record(z.string(), z.string()).default({}),
      limits: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
  securityContext: z.looseObject({}).default({}),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
});
export type Container = z.infer<typeof container>;

const workload = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    replicas: z.int().optional(),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
    strategy: z
      .looseObject({ rollingUpdate: z.looseObject({ maxUnavailable: port, maxSurge: port }).optional() })
      .optional(),
    volumeClaimTemplates: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })).default([]),
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: z.looseObject({
        automountServiceAccountToken: z.boolean().optional(),
        serviceAccountName: z.string().optional(),
        terminationGracePeriodSeconds: z.int().default(30),
        securityContext: z.looseObject({}).default({}),
        topologySpreadConstraints: z
          .array(z.looseObject({ labelSelector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }) }))
          .default([]),
        initContainers: z.array(container).default([]),
        containers: z.array(container),
        volumes: z
          .array(
            z.looseObject({
              name: z.string(),
              emptyDir: z.looseObject({}).optional(),
              configMap: z.looseObject({ name: z.string(), optional: z.boolean().optional() }).optional(),
              secret: z.looseObject({ secretName: z.string(), optional: z.boolean().optional() }).optional(),
              persistentVolumeClaim: z.looseObject({ claimName: z.string() }).optional(),
            }),
          )
          .default([]),
      }),
    }),
  }),
});
export type Workload = z.infer<typeof workload>;

/** Everything that makes pods. */
export const workloadsOf = (objects: readonly KubernetesObject[]): Workload[] =>
  objects
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind))
    .map((object) => workload.parse(object));

export const componentOf = (workload: Workload): string | undefined =>
  workload.spec.template.metadata.labels['app.kubernetes.io/component'];

/** Those that run code of ours. */
export const ours = (objects: readonly KubernetesObject[]): Workload[] =>
  workloadsOf(objects).filter((workload) => ['api', 'worker'].includes(componentOf(workload) ?? ''));

/** Containers that prepare, and those that run. */
export const containersOf = ({ spec }: Workload): Container[] => [
  ...spec.template.spec.initContainers,
  ...spec.template.spec.containers,
];

/** `office-worker-bulk/migrate`, for sentences. */
export const place = (workload: Workload, container: Container): string =>
  `${workload.metadata.name}/${container.name}`;

export const matches = (
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector).every(([name, value]) => labels[name] === value);
