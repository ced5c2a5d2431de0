/**
 * A request's way to the commit of its task, by hand and with nothing on it that it could do without: as an API (whose token it is,
 * `BEGIN; INSERT; COMMIT`, publish, answer), and as a worker (`BEGIN; SELECT … FOR UPDATE; INSERT; UPDATE; COMMIT`, ack, an event).
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { connect, type ConsumeMessage } from 'amqplib';
import { createPool, type PoolConnection, type RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

const env = z
  .object({
    DATABASE_URL: z.string(),
    AMQP_URL: z.string(),
    ROLE: z.enum(['api', 'worker']),
    API_PORT: z.coerce.number().optional(),
    HEALTH_PORT: z.coerce.number().optional(),
  })
  .parse(process.env);

const queue = 'bench.by-hand';
const pool = createPool({ uri: env.DATABASE_URL, connectionLimit: 10 });
const broker = await connect(env.AMQP_URL, { noDelay: true });
const channel = await broker.createConfirmChannel();
await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });

async function onConnection<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  const result = await work(connection);
  connection.release();
  return result;
}

async function enqueue(request: IncomingMessage): Promise<object> {
  const { n } = (await json(request)) as { n: number };
  const secret = request.headers.authorization?.split(' ')[1] ?? '';
  const hash = createHash('sha256').update(secret).digest('hex');
  const id = randomUUID();
  await onConnection(async (connection) => {
    const [known] = await connection.query<RowDataPacket[]>('SELECT account_id FROM tokens WHERE hash = ?', [hash]);
    if (known.length === 0) throw new Error('whose token is this?');
    await connection.query('BEGIN');
    await connection.query("INSERT INTO limit_tasks (id, state, payload) VALUES (?, 'queued', ?)", [
      id,
      JSON.stringify({ n }),
    ]);
    await connection.query('COMMIT');
  });
  channel.sendToQueue(queue, Buffer.from(JSON.stringify({ id, n })), { persistent: true });
  return { id };
}

async function run(message: ConsumeMessage): Promise<void> {
  const { id, n } = JSON.parse(message.content.toString()) as { id: string; n: number };
  await onConnection(async (connection) => {
    await connection.query('BEGIN');
    await connection.query('SELECT state FROM limit_tasks WHERE id = ? FOR UPDATE', [id]);
    await connection.query('INSERT INTO ledger (task_id, n) VALUES (?, ?)', [id, n]);
    await connection.query("UPDATE limit_tasks SET state = 'succeeded', finished_at = now(6) WHERE id = ?", [id]);
    await connection.query('COMMIT');
  });
  channel.ack(message);
  const event = { type: 'task.succeeded', taskId: id, accountId: id, name: 'insert_row', attempt: 1 };
  const told = { ...event, rootId: id, batchId: null, at: new Date().toISOString() };
  channel.publish('office.events', event.type, Buffer.from(JSON.stringify(told)));
}

if (env.ROLE === 'worker') await channel.consume(queue, (message) => void (message && run(message)));
createServer((request, response) => {
  const answer = request.method === 'POST' ? enqueue(request) : Promise.resolve({});
  void answer.then((body) => {
    const status = request.method === 'POST' ? 202 : 200;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}).listen(env.API_PORT ?? env.HEALTH_PORT, '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
