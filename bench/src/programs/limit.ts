/**
 * The limit: `BEGIN; SELECT … FOR UPDATE; INSERT; UPDATE; COMMIT; ack`, and nothing else.
 */
import { connect, type ConsumeMessage } from 'amqplib';
import { createPool, type PoolConnection, type RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';

const env = z
  .object({
    DATABASE_URL: z.string(),
    AMQP_URL: z.string(),
    CONCURRENCY: z.coerce.number(),
    PREFETCH: z.coerce.number(),
    QUEUE: z.string(),
  })
  .parse(process.env);

const pool = createPool({ uri: env.DATABASE_URL, connectionLimit: env.CONCURRENCY });
const broker = await connect(env.AMQP_URL, { noDelay: true });
const channel = await broker.createChannel();
await channel.prefetch(env.PREFETCH);

async function run(connection: PoolConnection, { id, n }: { id: string; n: number }): Promise<void> {
  await connection.query('BEGIN');
  const [[task]] = await connection.query<RowDataPacket[]>('SELECT state FROM limit_tasks WHERE id = ? FOR UPDATE', [
    id,
  ]);
  if (task?.['state'] === 'queued') {
    await connection.query('INSERT INTO ledger (task_id, n) VALUES (?, ?)', [id, n]);
    await connection.query(
      "UPDATE limit_tasks SET state = 'succeeded', result = ?, finished_at = now(6) WHERE id = ?",
      [JSON.stringify({ ok: n }), id],
    );
  }
  await connection.query('COMMIT');
}

const waiting: ConsumeMessage[] = [];
let running = 0;

async function handle(message: ConsumeMessage): Promise<void> {
  const connection = await pool.getConnection();
  await run(connection, JSON.parse(message.content.toString()) as { id: string; n: number });
  connection.release();
  channel.ack(message);
  const next = waiting.shift();
  if (next) void handle(next);
  else running--;
}

await channel.consume(env.QUEUE, (message) => {
  if (!message) return;
  if (running < env.CONCURRENCY) {
    running++;
    void handle(message);
  } else waiting.push(message);
});
process.once('SIGTERM', () => process.exit(0));
