import type { KubernetesObject } from '@sorting-office/stack';
import { z } from 'zod';
import { componentOf, matches, ours, type Workload } from '../pods';
import { environmentOf } from './environment';
import type { Rule } from './rule';

const selector = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).default({}),
  matchExpressions: z
    .array(
      z.looseObject({ key: z.string(), operator: z.enum(['In', 'Exists']), values: z.array(z.string()).default([]) }),
    )
    .default([]),
});
type Selector = z.infer<typeof selector>;
const ports = z.array(z.looseObject({ port: z.union([z.string(), z.int()]) })).default([]);
const policy = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    podSelector: selector,
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.looseObject({ from: z.array(z.looseObject({})).default([]), ports })).default([]),
    egress: z.array(z.looseObject({ to: z.array(z.looseObject({})).default([]), ports })).default([]),
  }),
});
type Policy = z.infer<typeof policy>;

const policiesOf = (objects: readonly KubernetesObject[]): Policy[] =>
  objects.filter(({ kind }) => kind === 'NetworkPolicy').map((object) => policy.parse(object));

const selects = ({ matchLabels, matchExpressions }: Selector, labels: Readonly<Record<string, string>>): boolean =>
  matches(matchLabels, labels) &&
  matchExpressions.every(({ key, operator, values }) =>
    operator === 'Exists' ? key in labels : values.includes(labels[key] ?? ''),
  );

const policiesFor = (workload: Workload, objects: readonly KubernetesObject[]): Policy[] =>
  policiesOf(objects).filter(({ spec }) => selects(spec.podSelector, workload.spec.template.metadata.labels));

/** What no policy allows is forbidden. */
export const nothingIsAllowedByDefault: Rule = (objects) =>
  policiesOf(objects).some(
    ({ spec }) =>
      selects(spec.podSelector, {}) && spec.policyTypes.length === 2 && spec.ingress.length + spec.egress.length === 0,
  )
    ? []
    : ['no policy forbids what is not allowed'];

/** The port behind the one that an address has, where a Service leads elsewhere: MySQL's routers. */
const behind: Readonly<Record<string, number>> = { 'database 3306': 6446 };

/** Programs reach the servers that their addresses name, and DNS; nobody is let out to everywhere. */
export const serversAreReached: Rule = (objects) =>
  ours(objects).flatMap((workload) => {
    const rules = policiesFor(workload, objects).flatMap(({ spec }) => spec.egress);
    const open = rules.filter(({ to }) => to.length === 0);
    const reached = rules.flatMap((rule) => rule.ports.map(({ port }) => port));
    const [container] = workload.spec.template.spec.containers;
    const environment = container ? environmentOf(container, objects) : {};
    const wanted = [
      53,
      databasePort(environment['DATABASE_URL'] ?? '', objects),
      brokerPort(environment['AMQP_URL'] ?? ''),
      ...collectorPorts(environment['OTEL_EXPORTER_OTLP_ENDPOINT']),
    ];
    return [
      ...open.map(() => `${workload.metadata.name}: may reach everything`),
      ...wanted
        .filter((port) => !reached.includes(port))
        .map((port) => `${workload.metadata.name}: does not reach port ${port}`),
    ];
  });

function databasePort(url: string, objects: readonly KubernetesObject[]): number {
  const port = Number(new URL(url).port || 3306);
  const routed = objects.some(({ kind }) => kind === 'InnoDBCluster');
  return (routed ? behind[`database ${port}`] : undefined) ?? port;
}

/** OTLP over HTTP; none where nothing is traced. */
const collectorPorts = (url?: string): number[] => (url === undefined ? [] : [Number(new URL(url).port || 4318)]);

function brokerPort(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'amqps:' ? 5671 : 5672));
}

/** Nobody but Prometheus reaches a worker. */
export const workersAreLeftAlone: Rule = (objects) =>
  ours(objects)
    .filter((workload) => componentOf(workload) === 'worker')
    .flatMap((workload) =>
      policiesFor(workload, objects).flatMap(({ metadata, spec }) =>
        spec.ingress
          .filter((rule) => JSON.stringify(rule.from) !== JSON.stringify(fromPrometheus))
          .map(() => `${workload.metadata.name}: ${metadata.name} lets others in`),
      ),
    );
const fromPrometheus = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }];

const ingress = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    tls: z.array(z.looseObject({ hosts: z.array(z.string()) })).default([]),
    defaultBackend: z.looseObject({}).optional(),
    rules: z.array(
      z.looseObject({
        host: z.string(),
        http: z.looseObject({ paths: z.array(z.looseObject({ path: z.string(), pathType: z.string() })) }),
      }),
    ),
  }),
});

const forOurselves = ['/metrics', '/healthz/live', '/healthz/ready'];

/** The world reaches neither metrics nor health, and nothing without TLS. */
export const theWorldSeesTheApi: Rule = (objects) =>
  objects
    .filter(({ kind }) => kind === 'Ingress')
    .map((object) => ingress.parse(object))
    .flatMap(({ metadata, spec }) => [
      ...(spec.defaultBackend ? [`${metadata.name}: routes whatever is left over`] : []),
      ...spec.rules
        .filter(({ host }) => !spec.tls.some(({ hosts }) => hosts.includes(host)))
        .map(({ host }) => `${metadata.name}: ${host} has no TLS`),
      ...spec.rules.flatMap(({ http }) =>
        forOurselves
          .filter((private_) => http.paths.some(({ path }) => `${private_}/`.startsWith(path.replace(/\/*$/, '/'))))
          .map((private_) => `${metadata.name}: routes ${private_}`),
      ),
    ]);
