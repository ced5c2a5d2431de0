import type { QueuedTask } from '@sorting-office/db';
import fc from 'fast-check';
import { BrokerError } from './errors';
import { decodeTask, encodeTask } from './task-message';

const anyTask: fc.Arbitrary<QueuedTask> = fc.record({
  id: fc.uuid(),
  name: fc.stringMatching(/^[a-z][a-z_]{0,40}$/),
  queue: fc.constantFrom('interactive', 'default', 'bulk'),
  attempt: fc.integer({ min: 1, max: 65_535 }),
  payload: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  accountId: fc.uuid(),
  rootId: fc.uuid(),
  batchId: fc.option(fc.uuid(), { nil: null }),
  priority: fc.integer({ min: 0, max: 255 }),
  traceContext: fc.option(fc.constant({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }), {
    nil: null,
  }),
});

test('what is encoded is decoded as it was', () => {
  fc.assert(
    fc.property(anyTask, (task) => {
      expect(decodeTask(encodeTask(task))).toEqual(task);
    }),
  );
});

test('its properties say what it is without a look inside', () => {
  const [task] = fc.sample(anyTask, 1);
  if (!task) throw new Error('no sample');
  expect(encodeTask(task)).toMatchObject({
    exchange: 'office.tasks',
    routingKey: task.queue,
    options: {
      messageId: `${task.id}/${task.attempt}`,
      correlationId: task.rootId,
      type: task.name,
      appId: 'sorting-office',
      contentType: 'application/json',
      persistent: true,
    },
  });
});

test('whatever else arrives is refused with a reason, and nothing else is thrown', () => {
  const mutated = fc.tuple(anyTask, fc.nat(), fc.integer({ min: 0, max: 255 })).map(([task, at, byte]) => {
    const { content } = encodeTask(task);
    content[at % content.length] = byte;
    return content;
  });
  const bodies = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    mutated,
  );
  fc.assert(
    fc.property(bodies, (content) => {
      try {
        decodeTask({ content });
      } catch (error) {
        expect(error).toBeInstanceOf(BrokerError);
        expect(error).toMatchObject({ code: 'MESSAGE_INVALID' });
      }
    }),
    { numRuns: 2000 },
  );
});

test('a body that is too large is not even parsed', () => {
  expect(() => decodeTask({ content: Buffer.alloc(2 * 1024 * 1024, ' ') })).toThrow(/2097152 bytes/);
});
