import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAddresses, requireApi, requireDatabase } from './addresses';

const running = {
  apiUrl: 'http://127.0.0.1:4000',
  token: 'of-the-stack',
  databaseUrl: 'mysql://of-the-stack',
  amqpUrl: 'amqp://of-the-stack',
  managementUrl: 'http://127.0.0.1:15672',
  workerHealthUrl: 'http://127.0.0.1:4001/healthz/ready',
  pids: { api: 1, worker: null },
};

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

let clone: string;
let inside: string;
let file: string;
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'office-addresses-'));
  inside = join(clone, 'apps', 'cli');
  mkdirSync(inside, { recursive: true });
  mkdirSync(join(clone, '.stack'));
  file = join(clone, '.stack', 'running.json');
  writeFileSync(file, JSON.stringify(running));
});
afterEach(() => rmSync(clone, { recursive: true }));

const find = (env: Record<string, string> = {}, options: { url?: string; token?: string } = {}, cwd = inside) =>
  findAddresses({ options, env, cwd });

test('the nearest running.json upwards says everything', () => {
  expect(find()).toEqual({
    api: { url: running.apiUrl, from: file },
    token: running.token,
    database: { url: running.databaseUrl, from: file },
    broker: { url: running.amqpUrl, from: file },
    management: { url: running.managementUrl, from: file },
    workerHealth: { url: running.workerHealthUrl, from: file },
  });
});

test('the environment comes before it, and options before the environment', () => {
  const env = { OFFICE_URL: `${running.apiUrl}/`, OFFICE_TOKEN: 'mine', DATABASE_URL: 'mysql://mine', AMQP_URL: '' };
  expect(find(env)).toMatchObject({
    api: { from: 'OFFICE_URL' },
    token: 'mine',
    database: { url: 'mysql://mine', from: 'DATABASE_URL' },
    broker: { url: running.amqpUrl },
    management: { url: running.managementUrl },
  });
  expect(find({ AMQP_URL: 'amqp://mine' }).management).toBeNull();
  expect(find({ AMQP_URL: 'amqp://mine', MANAGEMENT_URL: 'http://console' }).management).toEqual({
    url: 'http://console',
    from: 'MANAGEMENT_URL',
  });
  expect(find(env, { url: 'http://other', token: 'other' })).toMatchObject({
    api: { url: 'http://other', from: '--url' },
    token: 'other',
  });
});

test('another API is given neither the token nor the servers of the one that runs here', () => {
  for (const addresses of [
    find({ OFFICE_URL: 'https://office.example.org' }),
    find({}, { url: 'http://127.0.0.1:1' }),
  ]) {
    expect(addresses).toMatchObject({ token: null, database: null, broker: null, workerHealth: null });
    expect(() => requireApi(addresses)).toThrow('there is no token for the API at');
  }
});

test('the file is not even looked at when everything is named', () => {
  writeFileSync(file, 'not JSON');
  const env = { OFFICE_URL: 'http://a', OFFICE_TOKEN: 'b', DATABASE_URL: 'mysql://c', AMQP_URL: 'amqp://d' };
  expect(find(env)).toMatchObject({ api: { url: 'http://a' } });
});

test('where nobody says anything, the error says both ways', () => {
  const nothing = find({}, {}, tmpdir());
  expect(nothing).toEqual({
    api: null,
    token: null,
    database: null,
    broker: null,
    management: null,
    workerHealth: null,
  });
  expect(errorOf(() => requireApi(nothing))).toMatchObject({
    code: 'CONFIGURATION_MISSING',
    exitCode: 2,
    hints: [expect.stringMatching(/OFFICE_URL and OFFICE_TOKEN.*npm start/)],
  });
  expect(errorOf(() => requireDatabase(nothing))).toMatchObject({ code: 'CONFIGURATION_MISSING', exitCode: 2 });
});

test.each([
  ['a URL that is none', { OFFICE_URL: 'localhost' }, {}],
  ['a URL of something else', { OFFICE_URL: 'ftp://a' }, {}],
  ['a token of two lines', { OFFICE_TOKEN: 'a\nb' }, {}],
  ['an empty token', {}, { token: '' }],
])('%s is a mistake', (_what, env, options) => {
  expect(errorOf(() => find(env, options))).toMatchObject({ code: 'CONFIGURATION_INVALID', exitCode: 2 });
});

test.each([
  ['cut off', '{"apiUrl": "http'],
  ['of another shape', '{"apiUrl": "http://a"}'],
])('a running.json that is %s is named', (_what, text) => {
  writeFileSync(file, text);
  expect(() => find()).toThrow(`${file} cannot be used`);
});
