import type { KubernetesObject } from '@sorting-office/stack';
import { Objects } from '../environment/objects';
import { PodrunError } from '../errors';
import { autoscaler } from '../spec/autoscaler';
import { type Deployment, deployment } from '../spec/deployment';
import { type DisruptionBudget, disruptionBudget } from '../spec/disruption-budget';
import { parse } from '../spec/parse';
import { type Service, service } from '../spec/service';
import { withoutEffect } from '../spec/without-effect';

/** Rendered manifests as podrun acts on them, each by its name. */
export interface Manifests {
  readonly objects: Objects;
  readonly deployments: ReadonlyMap<string, Deployment>;
  readonly services: ReadonlyMap<string, Service>;
  readonly budgets: ReadonlyMap<string, DisruptionBudget>;
  /** What an autoscaler wants of a Deployment at least. */
  readonly minReplicas: ReadonlyMap<string, number>;
}

const acting = ['ConfigMap', 'Secret', 'Deployment', 'Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget'];

/** @throws PodrunError UNSUPPORTED for a kind that podrun does nothing for; UNKNOWN_FIELD, INVALID_MANIFEST */
export function readManifests(manifests: readonly KubernetesObject[]): Manifests {
  const known: readonly string[] = [...acting, ...withoutEffect.kind];
  const unknown = manifests.find(({ kind }) => !known.includes(kind));
  if (unknown)
    throw new PodrunError('UNSUPPORTED', `podrun has nothing to do for a ${unknown.kind} (${unknown.metadata.name})`);
  const read = <Value>(kind: string, as: (spec: unknown, place: string) => Value) =>
    new Map(
      manifests
        .filter((object) => object.kind === kind)
        .map(({ metadata: { name }, spec }) => [name, as(spec, `${kind} ${name}`)]),
    );
  const scalers = read('HorizontalPodAutoscaler', (spec, place) => parse(autoscaler, spec, place));
  return {
    objects: new Objects(manifests),
    deployments: read('Deployment', (spec, place) => parse(deployment, spec, place)),
    services: read('Service', (spec, place) => parse(service, spec, place)),
    budgets: read('PodDisruptionBudget', (spec, place) => parse(disruptionBudget, spec, place)),
    minReplicas: new Map([...scalers.values()].map((each) => [each.scaleTargetRef.name, each.minReplicas])),
  };
}
