import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPools } from '../pool';
import { databaseConfig, databaseServer } from './database-config';
import { isLoopback } from './loopback';
import { sslOptions } from './tls';

const at = (host: string) => `mysql://a:b@${host}/office`;
const problems = (environment: Record<string, string>) =>
  databaseConfig.safeParse(environment).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
const speaksTls = (environment: Record<string, string>) =>
  sslOptions({ ...databaseServer(databaseConfig.parse(environment)) });
const verified = { verifyIdentity: true, rejectUnauthorized: true };

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost', true],
  ['LocalHost', true],
  ['', true],
  ['128.0.0.1', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::2', false],
  ['::ffff:10.0.0.1', false],
  ['127.0.0.1.example.org', false],
  ['localhost.example.org', false],
  ['127.1', false],
  ['database', false],
])('%s is on this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test.each([
  ['localhost', undefined],
  ['127.0.0.1:3306', undefined],
  ['[::1]:3306', undefined],
  ['database', verified],
  ['office-database.sorting-office.svc:3306', verified],
])('without DATABASE_TLS a server at %s is spoken to as it must be', (host, expected) => {
  expect(speaksTls({ DATABASE_URL: at(host) })).toEqual(expected);
});

test('DATABASE_TLS decides', () => {
  expect(speaksTls({ DATABASE_URL: at('database'), DATABASE_TLS: 'off' })).toBeUndefined();
  expect(speaksTls({ DATABASE_URL: at('localhost'), DATABASE_TLS: 'verify' })).toEqual(verified);
  expect(problems({ DATABASE_URL: at('database'), DATABASE_TLS: 'maybe' })).toHaveLength(1);
  expect(speaksTls({ DATABASE_URL: at('database'), DATABASE_TLS: '', DATABASE_CA_FILE: '' })).toEqual(verified);
});

test('what cannot be is refused with what to do', () => {
  expect(problems({ DATABASE_URL: 'http://a' })).toEqual([
    'DATABASE_URL must look like mysql://user:password@host:port/database',
  ]);
  expect(problems({ DATABASE_URL: at('a b') })).toHaveLength(1);
  expect(problems({ DATABASE_URL: at('10.0.0.1') })).toEqual([expect.stringContaining('must name its host')]);
  expect(problems({ DATABASE_URL: at('[fd00::1]') })).toEqual([expect.stringContaining('must name its host')]);
  expect(problems({ DATABASE_URL: at('10.0.0.1'), DATABASE_TLS: 'off' })).toEqual([]);
  expect(() => openPools({ url: at('10.0.0.1') })).toThrow(/must name its host/);
});

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('DATABASE_CA_FILE', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'office-ca-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const server = (file: string) => databaseServer({ DATABASE_URL: at('database'), DATABASE_CA_FILE: file });

  test('that is not there, cannot be read or holds no certificate is an error that names it', () => {
    writeFileSync(join(folder, 'empty.pem'), '');
    writeFileSync(join(folder, 'text.pem'), '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n');
    for (const file of [join(folder, 'nowhere.pem'), folder, join(folder, 'empty.pem'), join(folder, 'text.pem')])
      expect(refusalOf(() => server(file))).toMatchObject({
        code: 'CA_FILE_UNREADABLE',
        message: expect.stringContaining(file) as string,
      });
  });

  test('has servers on this machine prove who they are, too', () => {
    expect(sslOptions({ url: at('localhost'), ca: 'PEM' })).toEqual({ ...verified, ca: 'PEM' });
  });

  test('is not given where nobody looks at it', () => {
    expect(problems({ DATABASE_URL: at('database'), DATABASE_TLS: 'off', DATABASE_CA_FILE: '/ca.pem' })).toEqual([
      expect.stringContaining('DATABASE_TLS is off'),
    ]);
  });
});
