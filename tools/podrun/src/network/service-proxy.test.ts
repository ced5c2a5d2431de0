import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Endpoints } from './endpoints';
import { ServiceProxy } from './service-proxy';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function pod(name: string) {
  const server = createServer((_request, response) => response.end(name)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ip: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

async function service(spread = () => Promise.resolve()) {
  const endpoints = new Endpoints(spread);
  const proxy = await ServiceProxy.listen(() => endpoints.next());
  closing.push(() => proxy.close());
  const ask = async () => {
    const answer = await fetch(`http://127.0.0.1:${String(proxy.port)}/`, { headers: { connection: 'close' } });
    return answer.text();
  };
  return { endpoints, ask };
}

it('hands connections to the endpoints in turn', async () => {
  const { endpoints, ask } = await service();
  await Promise.all([endpoints.set('a', await pod('a')), endpoints.set('b', await pod('b'))]);
  expect([await ask(), await ask(), await ask()]).toEqual(['a', 'b', 'a']);
});

it('refuses when there is no endpoint', async () => {
  const { ask } = await service();
  await expect(ask()).rejects.toThrow('fetch failed');
});

it('sends connections to a pod that is gone until everybody knows', async () => {
  const spreading: (() => void)[] = [];
  const { endpoints, ask } = await service(() => new Promise((resolve) => spreading.push(resolve)));
  const known = async (change: Promise<void>) => {
    spreading.shift()?.();
    await change;
  };
  await known(endpoints.set('a', await pod('a')));
  const gone = endpoints.set('a', undefined);
  expect(await ask()).toBe('a');
  await known(gone);
  await expect(ask()).rejects.toThrow('fetch failed');
});

it('believes the newest when changes overtake each other', async () => {
  const spreading: (() => void)[] = [];
  const { endpoints, ask } = await service(() => new Promise((resolve) => spreading.push(resolve)));
  const changes = [
    endpoints.set('a', await pod('a')),
    endpoints.set('a', undefined),
    endpoints.set('a', await pod('b')),
  ];
  for (const resolve of spreading.reverse()) resolve();
  await Promise.all(changes);
  expect(await ask()).toBe('b');
});
