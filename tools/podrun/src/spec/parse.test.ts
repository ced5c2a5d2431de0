import { parse } from './parse';
import { podSpec } from './pod';
import { failure } from '../testing/failure';

const pod = (container: object, spec: object = {}) => ({
  containers: [{ name: 'api', image: 'api', command: ['node'], ...container }],
  ...spec,
});
const read = (value: unknown) => parse(podSpec, value, 'Pod x');

it('fills in the defaults of Kubernetes', () => {
  const spec = read(pod({ livenessProbe: { httpGet: { port: 'http' } } }));
  expect(spec.terminationGracePeriodSeconds).toBe(30);
  expect(spec.containers[0]?.livenessProbe).toMatchObject({
    httpGet: { path: '/' },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  });
});

it.each([
  ['of a pod', pod({}, { hostNetwork: true }), 'Pod x: podrun does not know hostNetwork'],
  ['of a container', pod({ stdin: true }), 'Pod x: podrun does not know containers[0].stdin'],
  [
    'of a probe',
    pod({ startupProbe: { exec: { command: ['true'] }, grpc: { port: 1 } } }),
    'Pod x: podrun does not know containers[0].startupProbe.grpc',
  ],
])('refuses an unknown field %s by its path', (_where, value, message) => {
  expect(() => read(value)).toThrow(failure({ code: 'UNKNOWN_FIELD', message }));
});

it('refuses what is wrong by its path', () => {
  expect(() => read(pod({ command: undefined }))).toThrow(
    failure({
      code: 'INVALID_MANIFEST',
      message: expect.stringMatching(/^Pod x: containers\[0\]\.command: /) as string,
    }),
  );
  expect(() => read(pod({ readinessProbe: { periodSeconds: 2 } }))).toThrow(
    'containers[0].readinessProbe: wants either httpGet or exec',
  );
});

it('accepts what is known to be without effect', () => {
  expect(() =>
    read(
      pod(
        { resources: { limits: {} }, securityContext: { readOnlyRootFilesystem: true } },
        { serviceAccountName: 'office', automountServiceAccountToken: false, enableServiceLinks: false },
      ),
    ),
  ).not.toThrow();
});
