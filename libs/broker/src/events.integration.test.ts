import { randomUUID } from 'node:crypto';
import { EventListener, EventSender, type OfficeEvent } from './events';
import { ownVhost, type OwnVhost } from './testing/vhost';
import { declareEvents, eventExchange } from './topology';

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
  const done = new Promise<void>((resolve) => {
    new EventListener(
      { connection, name: 'ear', pattern: 'task.cancel', onTrouble: (error) => troubles.push(error) },
      (one) => {
        heard.push(one);
        if (one.taskId === wanted.taskId) resolve();
      },
    );
  });
  const channel = await connection.createChannel();
  await declareEvents(channel);
  // The listener's queue is bound once a mandatory message is no longer returned.
  for (let bound = false; !bound;) {
    const confirming = await connection.createConfirmChannel();
    bound = true;
    confirming.on('return', () => (bound = false));
    confirming.publish(eventExchange, 'task.cancel', Buffer.from('nonsense'), { mandatory: true });
    await confirming.waitForConfirms();
    await confirming.close();
  }
  sender.send(event('task.succeeded'));
  sender.send(wanted);
  await done;
  expect(heard).toEqual([wanted]);
  expect(troubles[0]?.message).toMatch(/none of ours/);
  await channel.close();
  await sender.close();
});
