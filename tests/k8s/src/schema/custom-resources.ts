/**
 * Resources of operators for which no package has a schema that runs on Node 20: the fields that are used here, and no others.
 *
 *   InnoDBCluster    mysql/mysql-operator, deploy/deploy-crds.yaml
 *   RabbitmqCluster  rabbitmq/cluster-operator, config/crd/bases/rabbitmq.com_rabbitmqclusters.yaml
 *   ExternalSecret   external-secrets/external-secrets, config/crds/bases/external-secrets.io_externalsecrets.yaml
 */
import { z } from 'zod';

const labels = z.record(z.string(), z.string());
const metadata = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  labels: labels.optional(),
  annotations: labels.optional(),
});
const quantities = z.partialRecord(z.enum(['cpu', 'memory']), z.string().regex(/^[\d.]+(m|Mi|Gi)?$/));
const resources = z.strictObject({ requests: quantities, limits: quantities });
const version = z.string().regex(/^\d+\.\d+\.\d+(-.+)?/);

const object = <Spec extends z.ZodType>(apiVersion: string, kind: string, spec: Spec) =>
  z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kind), metadata, spec });

const innoDbCluster = object(
  'mysql.oracle.com/v2',
  'InnoDBCluster',
  z.strictObject({
    secretName: z.string(),
    tlsCASecretName: z.string().optional(),
    tlsSecretName: z.string().optional(),
    tlsUseSelfSigned: z.boolean().optional(),
    version,
    instances: z.int().min(1).max(9),
    podLabels: labels.optional(),
    datadirPermissions: z
      .strictObject({
        setRightsUsingInitContainer: z.boolean(),
        fsGroupChangePolicy: z.enum(['', 'Always', 'OnRootMismatch']),
      })
      .optional(),
    datadirVolumeClaimTemplate: z.looseObject({ accessModes: z.array(z.string()) }),
    mycnf: z.string().optional(),
    podSpec: z.looseObject({}).optional(),
    router: z.strictObject({
      instances: z.int().min(0),
      tlsSecretName: z.string().optional(),
      version: version.optional(),
      podLabels: labels.optional(),
    }),
  }),
);

const rabbitmqCluster = object(
  'rabbitmq.com/v1beta1',
  'RabbitmqCluster',
  z.strictObject({
    replicas: z.int().min(0),
    image: z.string().optional(),
    secretBackend: z.strictObject({ externalSecret: z.strictObject({ name: z.string() }) }).optional(),
    tls: z
      .strictObject({
        secretName: z.string(),
        caSecretName: z.string().optional(),
        disableNonTLSListeners: z.boolean().optional(),
      })
      .optional(),
    persistence: z.strictObject({ storageClassName: z.string().optional(), storage: z.string().optional() }),
    resources,
    rabbitmq: z.strictObject({
      additionalPlugins: z.array(z.string()).optional(),
      additionalConfig: z.string().max(2000).optional(),
    }),
  }),
);

const externalSecret = object(
  'external-secrets.io/v1',
  'ExternalSecret',
  z.strictObject({
    refreshInterval: z.string().regex(/^\d+[smh]$/),
    secretStoreRef: z.strictObject({ kind: z.enum(['SecretStore', 'ClusterSecretStore']), name: z.string() }),
    target: z.strictObject({
      name: z.string(),
      template: z.strictObject({ data: z.record(z.string(), z.string()) }).optional(),
    }),
    data: z.array(
      z.strictObject({
        secretKey: z.string(),
        remoteRef: z.strictObject({ key: z.string(), property: z.string().optional() }),
      }),
    ),
  }),
);

/** Their schemas by apiVersion/kind. */
export const customResources: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  [innoDbCluster, rabbitmqCluster, externalSecret].map((schema) => [
    `${schema.shape.apiVersion.value}/${schema.shape.kind.value}`,
    schema,
  ]),
);
