import { randomUUID } from 'node:crypto';
import { EventListener, EventSender, type OfficeEvent } from './events';
import { ownVhost, type OwnVhost } from './testing/vhost';
import { eventExchange } from './topology';

let vhost: OwnVhost;
beforeEach(async () => {
  vhost = await ownVhost();
});
afterEach(() => vhost.drop());

const event = (type: OfficeEvent['type']): OfficeEvent => ({
  type,
  taskId: randomUUID(),
  accountId: randomUUID(),
  name: 'test_task',
  attempt: 1,
  rootId: randomUUID(),
  batchId: null,
  at: new Date().toISOString(),
});

test('whoever listens hears what its pattern covers, from the moment it is subscribed; nonsense is passed over', async () => {
  const connection = await vhost.connect('events test');
  const sender = new EventSender({ connection });
  const troubles: Error[] = [];
  const heard: OfficeEvent[] = [];
  const wanted = event('task.cancel');
  let done: () => void = () => undefined;
  const hearing = new Promise<void>((resolve) => (done = resolve));
  const listener = new EventListener(
    { connection, name: 'ear', pattern: 'task.cancel', onTrouble: (error) => troubles.push(error) },
    (one) => {
      heard.push(one);
      if (one.taskId === wanted.taskId) done();
    },
  );
  await Promise.all([listener.whenListening(), sender.whenSending()]);
  const channel = await connection.createChannel();
  channel.publish(eventExchange, 'task.cancel', Buffer.from('nonsense'));
  sender.send(event('task.succeeded'));
  sender.send(wanted);
  await hearing;
  expect(heard).toEqual([wanted]);
  expect(troubles[0]?.message).toMatch(/none of ours/);
  await channel.close();
  await sender.close();
  await listener.close();
});

test('what is told in a hurry comes in its order, and those of a type in a row in one message', async () => {
  const connection = await vhost.connect('events test');
  const sender = new EventSender({ connection });
  const heard: OfficeEvent[] = [];
  const types = ['task.succeeded', 'task.retried', 'task.succeeded', 'task.succeeded', 'task.succeeded'] as const;
  const sent = types.map(event);
  const listener = new EventListener({ connection, name: 'ear', pattern: 'task.*' }, (one) => void heard.push(one));
  await Promise.all([listener.whenListening(), sender.whenSending()]);
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, eventExchange, 'task.*');
  for (const one of sent) sender.send(one);
  await sender.close();
  while (heard.length < sent.length) await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(sent);
  // The first at once, and then two rows: one, and three.
  expect((await channel.checkQueue(queue)).messageCount).toBe(3);
  await channel.close();
  await listener.close();
});
