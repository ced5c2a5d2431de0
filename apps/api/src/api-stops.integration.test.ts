/** An API that stops cuts nobody: whoever has not heard of it yet is answered, and told to go elsewhere. */
import { startApi, type TestApi } from './testing/api';
import { KeptConnection } from './testing/kept-connection';

/** Seconds: long enough for a test to ask something meanwhile, however busy the machine is. */
const delay = '3';

let api: TestApi;
let closed: Promise<void> | undefined;
const opened: KeptConnection[] = [];
afterEach(async () => {
  for (const connection of opened.splice(0)) connection.close();
  await (closed ?? api.close());
});

async function serve(env: Record<string, string>) {
  closed = undefined;
  api = await startApi(env);
  await api.api.whenReady();
  await api.api.whenConnected();
}
const stop = () => (closed = api.close());

async function open(port = api.api.port) {
  const connection = await KeptConnection.open(port);
  opened.push(connection);
  return connection;
}
const authorized = () => `Authorization: Bearer ${api.token}\r\n`;

test('a kept connection and a new one are answered right after it was told to stop, and told to go', async () => {
  await serve({ API_SHUTDOWN_DELAY_SECONDS: delay });
  const kept = await open();
  kept.ask('/api/tasks', authorized());
  expect(await kept.until(/"items":\[\]/)).toContain('Connection: keep-alive');
  const stopped = stop();
  kept.ask('/api/tasks', authorized());
  expect(await kept.until(/"items":\[\]/)).toMatch(/^HTTP\/1.1 200 OK[^]*connection: close/);
  expect(await kept.ended).toBe('in good order');
  const late = await open();
  late.ask('/healthz/ready');
  expect(await late.until(/\}$/)).toMatch(/^HTTP\/1.1 503 [^]*connection: close[^]*"stopping"/);
  await stopped;
});

test('a request that is not all here when it has closed is carried out and answered', async () => {
  await serve({});
  const { port } = api.api;
  const kept = await open();
  const body = JSON.stringify({ who: 'Ivan' });
  const headers = `Host: localhost\r\n${authorized()}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
  kept.send(`POST /api/tasks/greet HTTP/1.1\r\n${headers}Expect: 100-continue\r\n\r\n`);
  await kept.until(/100 Continue/);
  const stopped = stop();
  for (let listening = true; listening;) {
    listening = await open(port).then(
      () => true,
      () => false,
    );
  }
  kept.send(body);
  expect(await kept.until(/\}$/)).toMatch(/^HTTP\/1.1 202 [^]*connection: close[^]*"queued"/);
  await stopped;
});

test('event streams end in good order, having said after which time to ask again', async () => {
  await serve({ API_SHUTDOWN_DELAY_SECONDS: '1' });
  const before = await open();
  before.ask('/api/events', authorized());
  const heard = await before.until(/retry:/);
  const stopped = stop();
  const during = await open();
  during.ask('/api/events', authorized());
  expect(await during.until(/retry:/)).toMatch(/^HTTP\/1.1 200 OK/);
  await Promise.all([before.until(/0\r\n\r\n$/), during.until(/0\r\n\r\n$/)]);
  expect(heard).toContain('text/event-stream');
  expect(await Promise.all([before.ended, during.ended])).toEqual(['in good order', 'in good order']);
  await stopped;
});
