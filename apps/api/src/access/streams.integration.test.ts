/** Event streams end with what they were opened by. */
import { startApi, type TestApi } from '../testing/api';
import { KeptConnection } from '../testing/kept-connection';
import { csrfHeader } from './cookie';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ API_STREAM_CHECK_SECONDS: '1' });
  await api.api.whenReady();
});
afterAll(() => api.close());

const run = (sql: string, ...bindings: unknown[]) => api.database.transaction((db) => db.execute(sql, bindings));
const make = async () => {
  const { body } = await api.ask('POST', '/api/tokens', { name: 'listener' });
  const secret = String(body['token']);
  return { id: String(body['id']), secret, header: `Authorization: Bearer ${secret}\r\n` };
};
/** A session of a token of its own. */
const open = async () => {
  const token = await make();
  const { headers, body } = await api.ask('POST', '/api/session', { token: token.secret }, {}, null);
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { token, header: `Cookie: ${cookie}\r\n`, own: { cookie, [csrfHeader]: String(body['csrfToken']) } };
};
const listen = async (header: string) => {
  const connection = await KeptConnection.open(api.api.port);
  connection.ask('/api/events', header);
  expect(await connection.until(/retry:/)).toMatch(/^HTTP\/1.1 200/);
  return connection;
};

test('a stream ends soon after its token or session does, and no other stream', async () => {
  const [revoked, expired, replaced] = [await make(), await make(), await make()];
  const [left, old, idle, ofRevoked] = [await open(), await open(), await open(), await open()];
  const others = [await listen(`Authorization: Bearer ${api.token}\r\n`), await listen((await open()).header)];
  const over: KeptConnection[] = [];
  for (const { header } of [revoked, expired, replaced, left, old, idle, ofRevoked]) over.push(await listen(header));
  for (const { id } of [revoked, ofRevoked.token]) await api.ask('DELETE', `/api/tokens/${id}`);
  await run('UPDATE tokens SET expires_at = now(6) WHERE id = ?', expired.id);
  await api.ask('POST', `/api/tokens/${replaced.id}/rotate`, { graceHours: 0 });
  await api.ask('DELETE', '/api/session', undefined, left.own, null);
  await run('UPDATE sessions SET expires_at = now(6) WHERE token_id = ?', old.token.id);
  await run('UPDATE sessions SET last_used_at = now(6) - INTERVAL 1 DAY WHERE token_id = ?', idle.token.id);
  await Promise.all(over.map((connection) => connection.until(/0\r\n\r\n$/)));
  for (const connection of others) {
    expect(connection.received).not.toMatch(/0\r\n\r\n$/);
    connection.close();
  }
  for (const connection of over) connection.close();
});
