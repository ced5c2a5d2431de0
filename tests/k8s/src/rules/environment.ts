import { apiConfig } from '@sorting-office/api/config';
import type { KubernetesObject } from '@sorting-office/stack';
import { telemetryConfig } from '@sorting-office/telemetry';
import { migrateConfig, workerConfig } from '@sorting-office/worker/config';
import { z } from 'zod';
import { type Container, containersOf, ours, place } from '../pods';
import type { Rule } from './rule';

const configs: Readonly<Record<string, z.ZodObject>> = {
  api: apiConfig,
  worker: workerConfig,
  migrate: migrateConfig,
};

/** What OpenTelemetry's SDK reads by itself, as far as it is used here. */
const readBySdk = ['OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'];

/** What all of ours together know: they share a ConfigMap. */
const known = new Set([
  ...[...Object.values(configs), telemetryConfig.in].flatMap(({ shape }) => Object.keys(shape)),
  ...readBySdk,
]);

/** Stands for what only the cluster's secret store knows, by the key of the Secret. */
const standIns: Readonly<Record<string, string>> = {
  url: 'mysql://office:secret@database/office',
  'migrate-url': 'mysql://office_migrate:secret@database/office',
};

/** Each name that a container is given is one that its program knows, and it takes the values. */
export const environmentIsKnown: Rule = (objects) =>
  ours(objects).flatMap((workload) =>
    containersOf(workload).flatMap((container) => {
      const at = place(workload, container);
      const config = configs[container.name];
      if (!config) return [`${at}: which configuration it has is not known`];
      const environment = environmentOf(container, objects);
      const { error } = config.safeParse(environment);
      return [
        ...Object.keys(environment)
          .filter((name) => !known.has(name))
          .map((name) => `${at}: ${name} is known to no program`),
        ...container.env.filter(({ name }) => !(name in config.shape)).map(({ name }) => `${at}: knows no ${name}`),
        ...(error ? [`${at}: ${z.prettifyError(error)}`] : []),
      ];
    }),
  );

/** What the kubelet would set, in its order: later ones win. */
export function environmentOf(container: Container, objects: readonly KubernetesObject[]): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const { configMapRef } of container.envFrom) {
    const map = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name);
    Object.assign(environment, map?.['data']);
  }
  for (const { name, value, valueFrom } of container.env) {
    const secret = valueFrom?.secretKeyRef;
    environment[name] = value ?? (secret ? secretValue(secret.name, secret.key, objects) : '');
  }
  return environment;
}

function secretValue(name: string, key: string, objects: readonly KubernetesObject[]): string {
  const secret = objects.find(({ kind, metadata }) => kind === 'Secret' && metadata.name === name);
  const encoded = (secret?.['data'] as Record<string, string> | undefined)?.[key];
  if (encoded !== undefined) return Buffer.from(encoded, 'base64').toString();
  return name === 'office-broker' ? 'amqps://office:secret@broker/' : (standIns[key] ?? '');
}
