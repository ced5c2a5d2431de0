import { longestStallSeconds, migrateConfig, workerConfig } from './config';

const local = { DATABASE_URL: 'mysql://a:b@localhost/office', AMQP_URL: 'amqp://localhost' };
const problems = (environment: Record<string, string>) =>
  workerConfig
    .safeParse({ ...local, ...environment })
    .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];

test('servers on this machine may be spoken to in the clear', () => {
  expect(problems({})).toEqual([]);
});

test('a recogniser’s command is a setting like others', () => {
  expect(problems({ SPEECH_COMMAND: 'whisper -f {wav}' })).toEqual([]);
});

test('what several settings say together is checked for each part', () => {
  expect(problems({ AMQP_URL: 'amqp://broker' })).toEqual([expect.stringMatching(/^AMQP_URL .*AMQP_TLS=off/)]);
  expect(problems({ DATABASE_TLS: 'off', DATABASE_CA_FILE: '/ca.pem' })).toEqual([
    expect.stringMatching(/^DATABASE_URL .*DATABASE_CA_FILE/),
  ]);
  expect(problems({ SPEECH_URL: 'http://a', SPEECH_COMMAND: 'b {wav}' })).toHaveLength(1);
});

test('a process that stands still is ended before the database ends its sessions', () => {
  const stall = (environment: Record<string, string>) =>
    longestStallSeconds(workerConfig.parse({ ...local, ...environment }));
  expect(stall({})).toBe(60);
  expect(stall({ WORKER_STALL_SECONDS: '3' })).toBe(3);
  expect(stall({ WORKER_LOCK_BOUND_SECONDS: '30' })).toBe(20);
  expect(stall({ WORKER_STALL_SECONDS: '300' })).toBe(60);
});

test('migrating needs no RabbitMQ, and the same of the database', () => {
  expect(migrateConfig.safeParse({ DATABASE_URL: local.DATABASE_URL }).success).toBe(true);
  expect(migrateConfig.safeParse({ DATABASE_URL: 'mysql://a:b@10.0.0.1/office' }).success).toBe(false);
});
