/** Each rule and each schema, broken on purpose: a rule that finds nothing here would find nothing anywhere. */
import type { KubernetesObject } from '@sorting-office/stack';
import { type OverlayName, renderOverlay } from './overlays';
import { rules } from './rules';
import { schemaProblems } from './schema/schema-problems';
import { at } from './testing/at';

let rendered: Readonly<Record<'local' | 'production', readonly KubernetesObject[]>>;
beforeAll(async () => {
  rendered = { local: await renderOverlay('local'), production: await renderOverlay('production') };
}, 120_000);

type Breaking = (object: KubernetesObject) => void;

/** The overlay's objects with one of them broken; `kind name` with a name that Kustomize may have lengthened by a hash. */
function broken(overlay: OverlayName, which: string, breaking: Breaking | 'missing'): KubernetesObject[] {
  const [kind, name = ''] = which.split(' ');
  const objects = structuredClone(rendered[overlay === 'local' ? 'local' : 'production']) as KubernetesObject[];
  const index = objects.findIndex(
    (object) => object.kind === kind && new RegExp(`^${name}(-[a-z0-9]{10})?$`).test(object.metadata.name),
  );
  const object = objects[index];
  if (!object) throw new Error(`the overlay ${overlay} has no ${which}`);
  if (breaking === 'missing') objects.splice(index, 1);
  else breaking(object);
  return objects;
}

/** Sets what is at a path, or takes it away when there is no value. */
const set =
  (path: string, value?: unknown): Breaking =>
  (object) =>
    at(object, path).set(value);

const api = 'Deployment office-api';
const bulk = 'Deployment office-worker-bulk';
const apiPod = 'spec.template.spec';
const apiContainer = `${apiPod}.containers.0`;

type Case = readonly [rule: keyof typeof rules, which: string, breaking: Breaking | 'missing', finds: RegExp];

const inLocal: Case[] = [
  ['environmentIsKnown', 'ConfigMap office', set('data.LOG_LEVLE', 'info'), /LOG_LEVLE is known to no program/],
  ['environmentIsKnown', 'ConfigMap office', set('data.API_POOL_SIZE', 'many'), /API_POOL_SIZE/],
  [
    'environmentIsKnown',
    bulk,
    set(`${apiContainer}.env.0.name`, 'API_HOST'),
    /office-worker-bulk\/worker: knows no API_HOST/,
  ],
  ['environmentIsKnown', 'Secret office-broker', set('data.url', 'aHR0cDovL2E='), /must look like amqp/],
  ['environmentIsKnown', 'ConfigMap office', set('data.AMQP_TLS'), /office-api\/api: .*AMQP_TLS=off/s],
  [
    'environmentIsKnown',
    'ConfigMap office',
    set('data.DATABASE_CA_FILE', '/ca.pem'),
    /migrate: .*DATABASE_TLS is off/s,
  ],
  ['mailboxesAreBounded', 'ConfigMap office', set('data.MAILBOX_ROOT'), /office-api\/api: opens mailboxes anywhere/],
  [
    'mailboxesAreBounded',
    'ConfigMap office',
    set('data.MAILBOX_ROOT', '/'),
    /office-worker-bulk\/worker: MAILBOX_ROOT is \/, and mail is at \/mail/,
  ],
  [
    'programsExist',
    bulk,
    set(`${apiPod}.initContainers.0.command`, ['node', 'main.js', 'migrat']),
    /no program `node main.js migrat`/,
  ],
  ['programsExist', api, set(`${apiContainer}.image`, 'sorting-office/web:0.1.0'), /nobody makes the image/],
  ['programsExist', api, set(`${apiContainer}.image`, 'sorting-office/api'), /names no version/],
  ['programsExist', api, set(`${apiContainer}.image`, 'sorting-office/api:0.2.0'), /several versions at once/],
  ['workersMigrate', bulk, set(`${apiPod}.initContainers`), /does not begin with migrate/],
  [
    'probesAreAnswered',
    api,
    set(`${apiContainer}.readinessProbe.httpGet.path`, '/ready'),
    /its readinessProbe asks http\/ready/,
  ],
  ['probesAreAnswered', api, set(`${apiContainer}.livenessProbe`), /its livenessProbe asks nothing/],
  [
    'probesAreAnswered',
    bulk,
    set(`${apiContainer}.ports.0.containerPort`, 8080),
    /does not listen at a port health 8081/,
  ],
  [
    'graceIsLongEnough',
    bulk,
    set(`${apiPod}.terminationGracePeriodSeconds`, 35),
    /killed after 35 s and may need 35 s/,
  ],
  ['graceIsLongEnough', api, set(`${apiPod}.terminationGracePeriodSeconds`), /killed after 30 s/],
  ['rollsWithoutGap', api, set('spec.strategy.rollingUpdate.maxUnavailable', 1), /takes pods away first/],
  ['rollsWithoutGap', api, set(`${apiContainer}.lifecycle`), /requests are still routed/],
  [
    'rollsWithoutGap',
    'ConfigMap office',
    set('data.API_SHUTDOWN_DELAY_SECONDS', '0'),
    /closes connections that others/,
  ],
  [
    'podsAreConfined',
    api,
    set(`${apiContainer}.securityContext.readOnlyRootFilesystem`, false),
    /lacks readOnlyRootFilesystem/,
  ],
  [
    'podsAreConfined',
    api,
    set(`${apiContainer}.securityContext.runAsUser`, 0),
    /says otherwise than its pod with runAsUser/,
  ],
  ['podsAreConfined', api, set(`${apiPod}.securityContext.seccompProfile`), /lacks seccompProfile/],
  ['podsAreConfined', api, set(`${apiPod}.automountServiceAccountToken`, true), /has a token/],
  [
    'podsAreConfined',
    bulk,
    set(`${apiPod}.initContainers.0.securityContext.capabilities.drop`, []),
    /migrate: lacks capabilities/,
  ],
  ['podsAreConfined', bulk, set(`${apiContainer}.resources.limits`), /has no limit of memory/],
  [
    'podsAreSpread',
    api,
    set(`${apiPod}.topologySpreadConstraints.0.labelSelector.matchLabels.a`, 'b'),
    /is not spread/,
  ],
  [
    'referencesExist',
    'Secret office-database',
    set('data.migrate-url'),
    /no Secret office-database-\w+ with migrate-url/,
  ],
  ['referencesExist', 'ConfigMap office', 'missing', /no ConfigMap office/],
  ['referencesExist', 'PersistentVolumeClaim office-mail', 'missing', /no PersistentVolumeClaim office-mail/],
  ['referencesExist', api, set(`${apiContainer}.volumeMounts.0.name`, 'temp'), /mounts temp, which is no volume/],
  [
    'workloadsSelectTheirOwn',
    bulk,
    set('spec.selector.matchLabels.sorting-office/queue'),
    /selects office-worker-bulk and/,
  ],
  [
    'servicesLeadSomewhere',
    'Service office-api',
    set('spec.ports.0.targetPort', 'web'),
    /no pod of it has the port web/,
  ],
  ['servicesLeadSomewhere', 'Service office-api', set('spec.selector.a', 'b'), /no pod of it has the port http/],
  [
    'scalersHaveTargets',
    'HorizontalPodAutoscaler office-api',
    set('spec.scaleTargetRef.name', 'api'),
    /scales api, which/,
  ],
  ['scalersHaveTargets', api, set('spec.replicas', 2), /a number of replicas of its own/],
  ['budgetsLetGo', 'PodDisruptionBudget office-api', set('spec.minAvailable', 2), /2 of 2 have to stay/],
  ['nothingIsAllowedByDefault', 'NetworkPolicy office-deny', 'missing', /no policy forbids/],
  ['serversAreReached', 'NetworkPolicy office-dns', 'missing', /does not reach port 53/],
  ['serversAreReached', 'NetworkPolicy office-servers', set('spec.egress.1'), /does not reach port 5672/],
  ['serversAreReached', 'NetworkPolicy office-servers', set('spec.egress.0.to'), /may reach everything/],
  [
    'workersAreLeftAlone',
    'NetworkPolicy office-api',
    set('spec.podSelector.matchLabels', {}),
    /office-api lets others in/,
  ],
  ['theWorldSeesTheApi', 'Ingress office-api', set('spec.rules.0.http.paths.0.path', '/'), /routes \/metrics/],
  ['theWorldSeesTheApi', 'Ingress office-api', set('spec.tls'), /has no TLS/],
  ['everyQueueHasWorkers', bulk, 'missing', /bulk: has not one Deployment/],
  ['everyQueueHasWorkers', bulk, set(`${apiContainer}.env.0.value`, 'default'), /is labelled bulk and takes default/],
];

const inProduction: Case[] = [
  [
    'serversProveThemselves',
    'ConfigMap office',
    set('data.DATABASE_TLS', 'off'),
    /office-worker-bulk\/migrate: DATABASE_TLS is off, and database is no server of this overlay/,
  ],
  ['serversProveThemselves', 'ConfigMap office', set('data.AMQP_TLS', 'off'), /office-api\/api: AMQP_TLS is off/],
  [
    'serversProveThemselves',
    bulk,
    set(`${apiPod}.initContainers.0.volumeMounts`, []),
    /office-worker-bulk\/migrate: DATABASE_CA_FILE is .* where nothing is mounted/,
  ],
  ['referencesExist', 'ConfigMap office', 'missing', /no ConfigMap office/],
  [
    'referencesExist',
    'ExternalSecret office-broker',
    set('spec.target.template.data.url'),
    /no Secret office-broker with url/,
  ],
  [
    'scalersHaveTargets',
    'ScaledObject office-worker-bulk',
    set('spec.scaleTargetRef.name', 'office-api'),
    /is not alone/,
  ],
  [
    'scalersWatchTheirQueue',
    'ScaledObject office-worker-bulk',
    set('spec.triggers.0.metadata.queueName', 'bulk'),
    /the length of office.tasks.bulk/,
  ],
  ['scalersWatchTheirQueue', 'ScaledObject office-worker-bulk', set('spec.triggers.1'), /the age of office.tasks.bulk/],
  [
    'monitorsFindPods',
    'ServiceMonitor office-api',
    set('spec.endpoints.0.port', 'metrics'),
    /office-api: its metrics are read by nobody/,
  ],
  ['monitorsFindPods', 'PodMonitor office-worker', 'missing', /office-worker-bulk: its metrics/],
  [
    'serversAreReached',
    'NetworkPolicy office-servers',
    set('spec.egress.0.ports.0.port', 3306),
    /does not reach port 6446/,
  ],
  ['serversAreReached', 'NetworkPolicy office-traces', 'missing', /does not reach port 4318/],
  [
    'metricsAreKnown',
    'PrometheusRule office',
    set('spec.groups.0.rules.0.expr', 'rate(office_typo[5m]) > 1'),
    /nobody measures office_typo/,
  ],
  [
    'metricsAreKnown',
    'ScaledObject office-worker-bulk',
    set('spec.triggers.1.metadata.query', 'max(age)'),
    /nobody measures age/,
  ],
  [
    'metricsAreKnown',
    'ConfigMap office-dashboard',
    set('data', { d: '{"panels":[{"title":"P","targets":[{"expr":"x"}]}]}' }),
    /P: nobody measures x/,
  ],
];

test.each(inLocal)('%s finds what is wrong with %s', (rule, which, breaking, finds) => {
  expect(rules[rule](broken('local', which, breaking)).join('\n')).toMatch(finds);
});

test.each(inProduction)('in production, %s finds what is wrong with %s', (rule, which, breaking, finds) => {
  expect(rules[rule](broken('production', which, breaking)).join('\n')).toMatch(finds);
});

test('each rule is broken at least once', () => {
  const tried = new Set([...inLocal, ...inProduction].map(([rule]) => rule));
  expect(Object.keys(rules).filter((rule) => !tried.has(rule as keyof typeof rules))).toEqual([]);
});

test.each<[string, Breaking, RegExp]>([
  [api, set('spec.template.spec.containers.0.livenesProbe', {}), /no field .*livenesProbe/],
  [api, set('spec.template.spec.containers.0.image', 7), /image must be string/],
  [api, set('spec.template.spec.containers.0.livenessProbe.httpGet.port'), /port/],
  ['ConfigMap office-dashboard', set('data.answer', 42), /must be string/],
  ['ScaledObject office-worker-bulk', set('spec.minReplicas', 1), /no field .spec.minReplicas/],
  ['PrometheusRule office', set('spec.groups.0.rules.0.exp', 'up'), /no field .*exp/],
  ['ServiceMonitor office-api', set('spec.endpoints.0.prot', 'http'), /no field .*prot/],
  ['InnoDBCluster office-database', set('spec.instance', 3), /instance/],
  ['RabbitmqCluster office-broker', set('spec.replicas', 'three'), /replicas/],
  ['ExternalSecret office-broker', set('spec.secretStoreRef.kind', 'Store'), /kind/],
])('the schemas find what is wrong with %s', async (which, breaking, finds) => {
  const before = rendered.production.length;
  const objects = broken('production', which, breaking);
  expect(objects).toHaveLength(before);
  const problems = await Promise.all(objects.map((object) => schemaProblems(object)));
  expect(problems.flat().join('\n')).toMatch(finds);
});

test('a kind that nobody knows is an error', async () => {
  const [object] = broken('local', api, 'missing');
  await expect(schemaProblems({ ...(object as KubernetesObject), kind: 'Deploiment' })).rejects.toThrow('Deploiment');
});
