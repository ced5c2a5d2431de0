import { container } from '../spec/container';
import { environmentOf } from './environment';
import { expand } from './expand';
import { Objects } from './objects';
import { failure } from '../testing/failure';

const objects = new Objects([
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'office' }, data: { PORT: '8080', LEVEL: 'info' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'office-broker' },
    data: { url: Buffer.from('amqp://there').toString('base64') },
    stringData: { password: 'secret' },
  },
]);
const environment = (spec: object) =>
  environmentOf(container.parse({ name: 'api', image: 'api', command: ['node'], ...spec }), objects, {
    name: 'api-1',
    ip: '127.1.0.2',
  });

it.each([
  ['$(A)-$(B)', 'a-$(A)'],
  ['$(MISSING)', '$(MISSING)'],
  ['$$(A)', '$(A)'],
  ['$$$(A)', '$a'],
  ['$A $( $', '$A $( $'],
  ['$(toString)', '$(toString)'],
])('expands %s to %s', (text, expanded) => {
  expect(expand(text, { A: 'a', B: '$(A)' })).toBe(expanded);
});

it('takes all of a ConfigMap and of a Secret, and lets env say otherwise', () => {
  expect(
    environment({
      envFrom: [{ configMapRef: { name: 'office' } }, { prefix: 'BROKER_', secretRef: { name: 'office-broker' } }],
      env: [{ name: 'LEVEL', value: 'debug' }],
    }),
  ).toEqual({ PORT: '8080', LEVEL: 'debug', BROKER_url: 'amqp://there', BROKER_password: 'secret' });
});

it('takes keys, the pod’s fields, and variables that were said before', () => {
  expect(
    environment({
      envFrom: [{ configMapRef: { name: 'office' } }],
      env: [
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'URL', value: 'http://$(IP):$(PORT)/$(LATER)' },
        { name: 'LATER', valueFrom: { secretKeyRef: { name: 'office-broker', key: 'url' } } },
      ],
    }),
  ).toMatchObject({ NAME: 'api-1', URL: 'http://127.1.0.2:8080/$(LATER)', LATER: 'amqp://there' });
});

it('wants everything that it refers to, unless that is optional', () => {
  const from = (name: string, key: string, optional: boolean) =>
    environment({ env: [{ name: 'X', valueFrom: { secretKeyRef: { name, key, optional } } }] });
  expect(() => from('nothing', 'url', false)).toThrow('there is no Secret nothing');
  expect(() => from('office-broker', 'x', false)).toThrow('there is no key x in Secret office-broker');
  expect(from('nothing', 'url', true)).toEqual({});
  expect(() => environment({ envFrom: [{ configMapRef: { name: 'nothing' } }] })).toThrow(
    failure({ code: 'MISSING_REFERENCE' }),
  );
});
