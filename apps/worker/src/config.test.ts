import { keepTime, longestStallSeconds, migrateConfig, workerConfig } from './config';

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

test('what has ended is kept for a month and what has failed for three, never for less than that, or for ever', () => {
  const keep = (environment: Record<string, string>) => keepTime(workerConfig.parse({ ...local, ...environment }));
  const day = 86_400;
  expect(keep({})).toEqual({ seconds: 30 * day, failedSeconds: 90 * day });
  expect(keep({ WORKER_KEEP_DAYS: '365' })).toEqual({ seconds: 365 * day, failedSeconds: 365 * day });
  expect(keep({ WORKER_KEEP_FAILED_DAYS: '0' })).toEqual({ seconds: 30 * day, failedSeconds: null });
  expect(keep({ WORKER_KEEP_DAYS: '0' })).toBeNull();
  expect(problems({ WORKER_KEEP_DAYS: '-1' })).toHaveLength(1);
});

test('migrating needs no RabbitMQ, and the same of the database', () => {
  expect(migrateConfig.safeParse({ DATABASE_URL: local.DATABASE_URL }).success).toBe(true);
  expect(migrateConfig.safeParse({ DATABASE_URL: 'mysql://a:b@10.0.0.1/office' }).success).toBe(false);
});
