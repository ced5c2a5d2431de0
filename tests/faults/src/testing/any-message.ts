/** Messages as nobody should send them: ours with something changed, and everything that RabbitMQ lets through. */
import { BrokerConnection, queueName, taskQueues } from '@sorting-office/broker';
import type { Options } from 'amqplib';
import fc from 'fast-check';

export interface AnyMessage {
  body: Buffer;
  options: Options.Publish;
}

/** What a mutation begins with: a task's message as it would be sent, for a task that is not there. */
const anyTask = fc.record(
  {
    id: fc.uuid(),
    name: fc.constantFrom('fault_writes', 'fault_child', 'fault_parent', 'fault_batch'),
    queue: fc.constantFrom('interactive', 'default', 'bulk'),
    attempt: fc.integer({ min: 1, max: 3 }),
    payload: fc.constantFrom<unknown[]>({ holdMs: 0 }, { children: 2, holdMs: 0 }, {}),
    accountId: fc.uuid(),
    rootId: fc.uuid(),
    batchId: fc.option(fc.uuid(), { nil: null }),
    priority: fc.integer({ min: 0, max: 255 }),
    traceContext: fc.constantFrom<unknown[]>(null, { traceparent: '00-zz-zz-zz' }, { traceparent: 'x'.repeat(5000) }),
  },
  { noNullPrototype: true },
);

const odd = fc.oneof(
  fc.constantFrom<unknown[]>(
    null,
    0,
    -1,
    2 ** 53,
    1e308,
    '',
    'x'.repeat(70),
    'ключ',
    '\u0000',
    [],
    {},
    true,
    4_294_967_296,
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const key = fc.constantFrom(
  ...['id', 'name', 'queue', 'attempt', 'payload', 'accountId', 'rootId', 'batchId', 'priority', 'traceContext'],
  ...['__proto__', 'constructor', 'toString', 'x'],
);

/** @param real ids of tasks that exist, whose messages are forged. */
export function anyMessage(real: readonly string[]): fc.Arbitrary<AnyMessage> {
  const task = fc
    .tuple(anyTask, fc.option(fc.constantFrom(...real), { nil: null, freq: 2 }))
    .map(([one, id]) => ({ ...one, ...(id !== null && { id, accountId: '00000000-0000-4000-8000-000000000000' }) }));
  const text = task.map((one) => JSON.stringify(one));
  const changed = fc.tuple(task, key, odd).map(([one, at, value]) => {
    const fields = Object.entries(one).filter(([name]) => name !== at);
    return `{${[...fields, [at, value] as const].map(([name, of]) => `${JSON.stringify(name)}:${JSON.stringify(of)}`).join()}}`;
  });
  const dropped = fc.tuple(task, key).map(([one, at]) => JSON.stringify({ ...one, [at]: undefined }));
  const flipped = fc
    .tuple(text, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 }))
    .map(([one, flips]) => {
      const bytes = Buffer.from(one);
      for (const [at, byte] of flips) bytes[at % bytes.length] = byte;
      return bytes;
    });
  const cut = fc.tuple(text, fc.nat()).map(([one, at]) => one.slice(0, at % one.length));
  const body = fc.oneof(
    { weight: 2, arbitrary: text.map((one) => Buffer.from(one)) },
    { weight: 6, arbitrary: changed.map((one) => Buffer.from(one)) },
    { weight: 3, arbitrary: dropped.map((one) => Buffer.from(one)) },
    { weight: 4, arbitrary: flipped },
    { weight: 1, arbitrary: cut.map((one) => Buffer.from(one)) },
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    { weight: 2, arbitrary: fc.json().map((one) => Buffer.from(one)) },
  );
  return fc.tuple(body, anyOptions).map(([one, options]) => ({ body: one, options }));
}

/** Every type of value that AMQP's tables know, as amqplib writes them. */
const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => ({ '!': 'double', value: one })),
  fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom<unknown[]>(
    { '!': 'decimal', value: { digits: 12_345, places: 2 } },
    { '!': 'timestamp', value: 1_700_000_000 },
    { '!': 'byte', value: -7 },
    { '!': 'short', value: 300 },
    { '!': 'long', value: 2 ** 40 },
    { '!': 'float', value: 0.5 },
    2 ** 53,
    -(2 ** 40),
    [1, ['two', [{ three: null }]]],
    { a: { b: { c: [true, { d: 'e' }] } } },
    'x'.repeat(30_000),
  ),
);
const headerName = fc.constantFrom(
  ...[
    'x-attempt',
    'traceparent',
    'tracestate',
    '__proto__',
    'x-office-reason',
    'x-office-id',
    'x-office-queue',
    'x-office-at',
  ],
  ...['x-death', 'x-delivery-count', 'ключ', 'x'.repeat(200), ''],
);
const headers = fc.dictionary(headerName, value, { maxKeys: 4, noNullPrototype: true });

const anyOptions: fc.Arbitrary<Options.Publish> = fc
  .record(
    {
      headers,
      contentType: fc.constantFrom('application/json', 'text/plain', '', 'ключ'),
      contentEncoding: fc.constantFrom('gzip', 'utf-8', 'x'),
      deliveryMode: fc.constantFrom(1, 2),
      priority: fc.constantFrom(0, 4, 255),
      correlationId: fc.string(),
      replyTo: fc.string(),
      messageId: fc.constantFrom('', 'same', 'x'.repeat(60)),
      timestamp: fc.constantFrom(0, 1, 2 ** 40),
      type: fc.constantFrom('fault_writes', '', 'x'),
      appId: fc.constantFrom('sorting-office', ''),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((options) => options);

/** Publishes messages to each of the task queues in turn, as a stranger would, and waits until RabbitMQ has them. */
export async function publishAny({ url }: { readonly url: string }, all: readonly AnyMessage[]): Promise<void> {
  const connection = await BrokerConnection.open({ url, name: 'stranger' });
  try {
    await connection.connected(AbortSignal.timeout(20_000));
    const channel = await connection.createConfirmChannel();
    for (const [index, { body, options }] of all.entries()) {
      const queue = taskQueues[index % taskQueues.length] ?? 'default';
      channel.publish('', queueName(queue), body, options);
      if (index % 500 === 0) await channel.waitForConfirms();
    }
    await channel.waitForConfirms();
  } finally {
    await connection.close();
  }
}
