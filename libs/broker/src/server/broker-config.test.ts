import { BrokerConnection } from '../connection';
import { brokerConfig } from './broker-config';

const problems = (environment: Record<string, string>) =>
  brokerConfig.safeParse(environment).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

test.each([
  [{ AMQP_URL: 'amqps://broker' }],
  [{ AMQP_URL: 'amqps://broker', AMQP_TLS: 'verify', AMQP_CA_FILE: '/ca.pem' }],
  [{ AMQP_URL: 'amqps://10.0.0.1', AMQP_CA_FILE: '/ca.pem' }],
  [{ AMQP_URL: 'amqp://localhost' }],
  [{ AMQP_URL: 'amqp://a:b@127.0.0.1:5672/vhost' }],
  [{ AMQP_URL: 'amqp://[::1]:5672' }],
  [{ AMQP_URL: 'amqp://broker', AMQP_TLS: 'off' }],
])('%p is right', (environment) => {
  expect(problems(environment)).toEqual([]);
});

test.each([
  [{ AMQP_URL: 'http://broker' }, /must look like amqps/],
  [{ AMQP_URL: 'amqp://a b' }, /must look like amqps/],
  [{ AMQP_URL: 'amqp://broker' }, /write amqps:\/\/ and the port of it, 5671, or set AMQP_TLS=off/],
  [{ AMQP_URL: 'amqp://10.0.0.1:5672' }, /AMQP_TLS=off/],
  [{ AMQP_URL: 'amqp://localhost.example.org' }, /AMQP_TLS=off/],
  [{ AMQP_URL: 'amqp://broker', AMQP_TLS: 'verify' }, /amqp:\/\/ is no TLS/],
  [{ AMQP_URL: 'amqp://localhost', AMQP_TLS: 'verify' }, /amqp:\/\/ is no TLS/],
  [{ AMQP_URL: 'amqp://broker', AMQP_TLS: 'off', AMQP_CA_FILE: '/ca.pem' }, /amqp:\/\/ is no TLS/],
  [{ AMQP_URL: 'amqps://broker', AMQP_TLS: 'off' }, /amqps:\/\/ is TLS/],
  [{ AMQP_URL: 'amqps://broker', AMQP_TLS: 'maybe' }, /AMQP_TLS/],
])('%p is refused with what to do', (environment, says) => {
  expect(problems(environment)).toEqual([expect.stringMatching(says)]);
});

test('whoever opens a connection is held to the same', async () => {
  await expect(BrokerConnection.open({ url: 'amqp://broker', name: 'test' })).rejects.toThrow(/AMQP_TLS=off/);
});
