import type { Socket } from 'node:net';
import { closeChannel } from './close-channel';
import { ownVhost, type OwnVhost } from './testing/vhost';

let vhost: OwnVhost;
beforeEach(async () => {
  vhost = await ownVhost();
});
afterEach(() => vhost.drop());

test('a channel whose connection is cut while it says goodbye is closed all the same', async () => {
  const connection = await vhost.connect('cut');
  const channel = await connection.createChannel();
  const closing = closeChannel(channel);
  (channel.connection as unknown as { stream: Socket }).stream.destroy(new Error('cut'));
  await closing;
});

test('a channel that is closed already is closed', async () => {
  const channel = await (await vhost.connect('twice')).createChannel();
  await closeChannel(channel);
  await closeChannel(channel);
});
