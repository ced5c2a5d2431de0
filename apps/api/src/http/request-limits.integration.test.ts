import { createServer } from 'node:http';
import { startApi, type TestApi } from '../testing/api';
import { KeptConnection } from '../testing/kept-connection';
import { limitTimes } from './request-limits';

test('a request has the time that is configured, its headers half of it, and the next one as long as proxies wait', () => {
  const server = createServer();
  limitTimes(server, 40);
  expect(server).toMatchObject({ requestTimeout: 40_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 });
});

describe('an API', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  test('says how long it keeps a connection: longer than the 60 seconds of most proxies', async () => {
    const connection = await KeptConnection.open(api.api.port);
    connection.ask('/healthz/live');
    const seconds = /^Keep-Alive: timeout=(\d+)/im.exec(await connection.until(/\}$/))?.[1];
    expect(Number(seconds)).toBeGreaterThan(60);
    connection.close();
  });
});
