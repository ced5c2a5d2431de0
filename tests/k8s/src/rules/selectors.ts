import type { KubernetesObject } from '@sorting-office/stack';
import { z } from 'zod';
import { matches, ours, type Workload, workloadsOf } from '../pods';
import type { Rule } from './rule';

const labels = z.record(z.string(), z.string());
const selecting = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ selector: z.looseObject({ matchLabels: labels }) }),
});
const service = z.looseObject({
  metadata: z.looseObject({ name: z.string(), labels: labels.default({}) }),
  spec: z.looseObject({
    selector: labels,
    ports: z.array(
      z.looseObject({ name: z.string(), port: z.int(), targetPort: z.union([z.string(), z.int()]).optional() }),
    ),
  }),
});
const scaling = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ scaleTargetRef: z.looseObject({ name: z.string() }) }),
});
const budget = z.looseObject({ spec: z.looseObject({ minAvailable: z.int() }) });
const monitor = z.looseObject({
  spec: z.looseObject({
    endpoints: z.array(z.looseObject({ port: z.string(), path: z.string() })).default([]),
    podMetricsEndpoints: z.array(z.looseObject({ port: z.string(), path: z.string() })).default([]),
  }),
});

const ofKind = <T>(objects: readonly KubernetesObject[], kind: string, schema: z.ZodType<T>): T[] =>
  objects.filter((object) => object.kind === kind).map((object) => schema.parse(object));

const podLabels = ({ spec }: Workload) => spec.template.metadata.labels;

/** Workloads select the pods that they make, and no others'. */
export const workloadsSelectTheirOwn: Rule = (objects) => {
  const workloads = workloadsOf(objects);
  return workloads.flatMap((workload) => {
    const selected = workloads.filter((other) => matches(workload.spec.selector.matchLabels, podLabels(other)));
    return selected.length === 1 && selected[0] === workload
      ? []
      : [
          `${workload.metadata.name}: selects ${selected.map(({ metadata }) => metadata.name).join(' and ') || 'nothing'}`,
        ];
  });
};

/** Services lead to ports that their pods have. */
export const servicesLeadSomewhere: Rule = (objects) =>
  ofKind(objects, 'Service', service).flatMap(({ metadata, spec }) => {
    const ports = workloadsOf(objects)
      .filter((workload) => matches(spec.selector, podLabels(workload)))
      .flatMap((workload) => workload.spec.template.spec.containers.flatMap((container) => container.ports));
    return spec.ports
      .map(({ port, targetPort = port }) => targetPort)
      .filter((target) => !ports.some(({ name, containerPort }) => target === name || target === containerPort))
      .map((target) => `${metadata.name}: no pod of it has the port ${target}`);
  });

/** Autoscalers scale something, once, whose own number of replicas does not say otherwise. */
export const scalersHaveTargets: Rule = (objects) => {
  const scalers = ['HorizontalPodAutoscaler', 'ScaledObject'].flatMap((kind) => ofKind(objects, kind, scaling));
  return scalers.flatMap(({ metadata, spec }) => {
    const target = workloadsOf(objects).find((workload) => workload.metadata.name === spec.scaleTargetRef.name);
    const rivals = scalers.filter((other) => other.spec.scaleTargetRef.name === spec.scaleTargetRef.name);
    return [
      ...(target ? [] : [`${metadata.name}: scales ${spec.scaleTargetRef.name}, which there is none of`]),
      ...(target?.spec.replicas === undefined
        ? []
        : [`${metadata.name}: its target has a number of replicas of its own`]),
      ...(rivals.length > 1 ? [`${metadata.name}: is not alone`] : []),
    ];
  });
};

/** A budget lets a pod go, so that nodes can be drained, and leaves one. */
export const budgetsLetGo: Rule = (objects) =>
  ofKind(objects, 'PodDisruptionBudget', selecting.and(budget)).flatMap(({ metadata, spec }) => {
    const selected = workloadsOf(objects).filter((one) => matches(spec.selector.matchLabels, podLabels(one)));
    const least = Math.min(...selected.map((workload) => leastReplicas(workload, objects)));
    return spec.minAvailable >= 1 && least > spec.minAvailable
      ? []
      : [`${metadata.name}: ${spec.minAvailable} of ${least} have to stay`];
  });

function leastReplicas({ metadata, spec }: Workload, objects: readonly KubernetesObject[]): number {
  const scaler = ofKind(objects, 'HorizontalPodAutoscaler', scaling.and(minimum)).find(
    ({ spec: { scaleTargetRef } }) => scaleTargetRef.name === metadata.name,
  );
  return scaler?.spec.minReplicas ?? spec.replicas ?? 1;
}
const minimum = z.looseObject({ spec: z.looseObject({ minReplicas: z.int() }) });

/** Prometheus finds every program of ours, by ports that there are. */
export const monitorsFindPods: Rule = (objects) => {
  const monitors = ['ServiceMonitor', 'PodMonitor'].flatMap((kind) => ofKind(objects, kind, selecting.and(monitor)));
  if (monitors.length === 0) return [];
  return ours(objects).flatMap((workload) => {
    const watching = monitors.filter(({ spec }) => matches(spec.selector.matchLabels, podLabels(workload)));
    const asked = watching.flatMap(({ spec }) => [...spec.endpoints, ...spec.podMetricsEndpoints]);
    const ports = workload.spec.template.spec.containers.flatMap((container) =>
      container.ports.map(({ name }) => name),
    );
    return asked.length > 0 && asked.every(({ port, path }) => path === '/metrics' && ports.includes(port))
      ? []
      : [`${workload.metadata.name}: its metrics are read by nobody`];
  });
};
