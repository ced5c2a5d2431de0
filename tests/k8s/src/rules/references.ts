import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '@sorting-office/stack';
import { workspace } from '../overlays';
import { containersOf, type Workload, workloadsOf } from '../pods';
import type { Rule } from './rule';

interface Reference {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: string;
  readonly key?: string;
}

/** What a pod refers to is there: rendered, made by an ExternalSecret, or one that docs/deploy.md says how to make. */
export const referencesExist: Rule = (objects) => {
  const guide = readFileSync(join(workspace, 'docs/deploy.md'), 'utf8');
  return workloadsOf(objects).flatMap((workload) => [
    ...referencesOf(workload)
      .filter(
        (reference) => !exists(reference, objects) && (isMade(reference, objects) || !isExplained(reference, guide)),
      )
      .map(
        ({ kind, name, key }) => `${workload.metadata.name}: there is no ${kind} ${name}${key ? ` with ${key}` : ''}`,
      ),
    ...mountProblems(workload),
  ]);
};

function referencesOf(workload: Workload): Reference[] {
  const pod = workload.spec.template.spec;
  const containers = containersOf(workload);
  return [
    ...(pod.serviceAccountName ? [{ kind: 'ServiceAccount' as const, name: pod.serviceAccountName }] : []),
    ...containers.flatMap(({ envFrom }) =>
      envFrom.flatMap(({ configMapRef, secretRef }) => [
        ...(configMapRef ? [{ kind: 'ConfigMap' as const, name: configMapRef.name }] : []),
        ...(secretRef ? [{ kind: 'Secret' as const, name: secretRef.name }] : []),
      ]),
    ),
    ...containers.flatMap(({ env }) =>
      env.flatMap(({ valueFrom }) => [
        ...(valueFrom?.secretKeyRef ? [{ kind: 'Secret' as const, ...valueFrom.secretKeyRef }] : []),
        ...(valueFrom?.configMapKeyRef ? [{ kind: 'ConfigMap' as const, ...valueFrom.configMapKeyRef }] : []),
      ]),
    ),
    ...pod.volumes.flatMap(({ configMap, secret, persistentVolumeClaim }) => [
      ...(configMap && !configMap.optional ? [{ kind: 'ConfigMap' as const, name: configMap.name }] : []),
      ...(secret && !secret.optional ? [{ kind: 'Secret' as const, name: secret.secretName }] : []),
      ...(persistentVolumeClaim
        ? [{ kind: 'PersistentVolumeClaim' as const, name: persistentVolumeClaim.claimName }]
        : []),
    ]),
  ];
}

function exists({ kind, name, key }: Reference, objects: readonly KubernetesObject[]): boolean {
  return objects.some((object) => {
    if (object.metadata.name !== name) return false;
    if (object.kind === kind) return key === undefined || key in ((object['data'] as object | undefined) ?? {});
    return kind === 'Secret' && object.kind === 'ExternalSecret' && (key === undefined || keysOf(object).includes(key));
  });
}

/** What is made here must have the key, whatever the guide says. */
const isMade = ({ kind, name }: Reference, objects: readonly KubernetesObject[]): boolean =>
  objects.some((object) => object.metadata.name === name && [kind, 'ExternalSecret'].includes(object.kind));

/** The keys of the Secret that an ExternalSecret makes: its template's, or those that it fetches. */
function keysOf(object: KubernetesObject): string[] {
  const spec = object['spec'] as { data: { secretKey: string }[]; target: { template?: { data: object } } };
  const { template } = spec.target;
  return template ? Object.keys(template.data) : spec.data.map(({ secretKey }) => secretKey);
}

/** The guide's table of Secrets: `| \`office-database\` | \`url\`, … |`. */
function isExplained({ kind, name, key }: Reference, guide: string): boolean {
  const row = guide.split('\n').find((line) => line.startsWith(`| \`${name}\``));
  return kind === 'Secret' && row !== undefined && (key === undefined || row.includes(`\`${key}\``));
}

function mountProblems(workload: Workload): string[] {
  const { spec } = workload;
  const volumes = [
    ...spec.template.spec.volumes.map(({ name }) => name),
    ...spec.volumeClaimTemplates.map(({ metadata }) => metadata.name),
  ];
  return containersOf(workload).flatMap(({ name, volumeMounts }) =>
    volumeMounts
      .filter((mount) => !volumes.includes(mount.name))
      .map((mount) => `${workload.metadata.name}/${name}: mounts ${mount.name}, which is no volume of its pod`),
  );
}
