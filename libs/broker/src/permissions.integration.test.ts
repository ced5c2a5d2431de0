/** What production's account may do, by k8s/components/server-users/permissions.json. */
import { createBrokerUser, createTestVhost, type BrokerUser, type TestVhost } from '@sorting-office/stack';
import type { Channel } from 'amqplib';
import { BrokerConnection } from './connection';
import { declareTopology, missingTopology } from './topology';

/** Names that are nearly ours. */
const alike = ['the.office.tasks', 'office.deadline', 'office-tasks'];

let vhost: TestVhost;
let user: BrokerUser;
let connection: BrokerConnection;
beforeAll(async () => {
  vhost = await createTestVhost();
  user = await createBrokerUser(vhost);
  const admin = await BrokerConnection.open({ url: vhost.amqpUrl, name: 'admin' });
  await admin.connected();
  const channel = await admin.createChannel();
  for (const name of ['foreign', ...alike]) {
    await channel.assertQueue(name);
    await channel.assertExchange(name, 'fanout');
  }
  await admin.close();
  connection = await BrokerConnection.open({ url: user.amqpUrl, name: 'test' });
  await connection.connected();
});
afterAll(async () => {
  await connection.close();
  await user.drop();
  await vhost.drop();
});

test('it declares everything that there is', async () => {
  const open = () => connection.createChannel();
  await declareTopology(open, () => Promise.resolve());
  expect(await missingTopology(open)).toEqual([]);
});

test.each<[string, (channel: Channel) => Promise<unknown>]>([
  ['make a queue', (channel) => channel.assertQueue('intruder')],
  ['make an exchange', (channel) => channel.assertExchange('intruder', 'fanout')],
  ['take from a foreign queue', (channel) => channel.consume('foreign', () => undefined)],
  ['look into a foreign queue', (channel) => channel.get('foreign')],
  ['empty a foreign queue', (channel) => channel.purgeQueue('foreign')],
  ['remove a foreign queue', (channel) => channel.deleteQueue('foreign')],
  ['divert a foreign exchange', (channel) => channel.bindQueue('office.dead', 'foreign', '')],
  ['write to a foreign exchange', (channel) => written(channel, 'foreign', '')],
  ['write to any queue by its name', (channel) => written(channel, '', 'foreign')],
])('it may not %s', async (_, attempt) => {
  await expect(attempt(await connection.createChannel())).rejects.toThrow(/403|ACCESS_REFUSED/);
});

test.each(alike)('a name like %s is foreign, whatever is done with it', async (name) => {
  const refused = async (attempt: (channel: Channel) => Promise<unknown>) =>
    expect(attempt(await connection.createChannel())).rejects.toThrow(/403|ACCESS_REFUSED/);
  await refused((channel) => channel.assertQueue(name));
  await refused((channel) => channel.get(name));
  await refused((channel) => written(channel, name, ''));
});

/** Publishing is answered by the loss of the channel alone. */
function written(channel: Channel, exchange: string, routingKey: string): Promise<never> {
  const lost = new Promise<never>((_resolve, reject) => channel.once('error', reject));
  channel.publish(exchange, routingKey, Buffer.from(''));
  return lost;
}
