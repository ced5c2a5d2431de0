import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Management } from './management';

/** A node that hangs up on its first so many connections and answers the others. */
async function nodeThatHangsUp(times: number): Promise<Server> {
  let connections = 0;
  const server = createServer((socket) => {
    const answer =
      ++connections > times ? 'HTTP/1.1 200 OK\r\ncontent-length: 12\r\nconnection: close\r\n\r\n{"asked": 1}' : '';
    socket.once('data', () => socket.end(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test.each([
  [2, 'is asked again'],
  [3, 'is given up'],
])('a node that hangs up %i times %s', async (times) => {
  const server = await nodeThatHangsUp(times);
  const management = new Management(`http://guest:guest@127.0.0.1:${(server.address() as AddressInfo).port}`);
  const asking = management.request('GET', '/api/overview');
  if (times < 3) expect(await asking).toEqual({ asked: 1 });
  else await expect(asking).rejects.toThrow('fetch failed');
  server.close();
});
