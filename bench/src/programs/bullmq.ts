/** BullMQ's worker: `BEGIN; INSERT; COMMIT` in MySQL, and then BullMQ notes in Redis that the job is done. */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { createPool } from 'mysql2/promise';
import { z } from 'zod';

const env = z
  .object({ DATABASE_URL: z.string(), REDIS_URL: z.string(), QUEUE: z.string(), CONCURRENCY: z.coerce.number() })
  .parse(process.env);

const pool = createPool({ uri: env.DATABASE_URL, connectionLimit: env.CONCURRENCY });

async function insertRow({ id, n }: { id: string; n: number }): Promise<void> {
  const connection = await pool.getConnection();
  try {
    await connection.query('BEGIN');
    await connection.query('INSERT INTO ledger (task_id, n) VALUES (?, ?)', [id, n]);
    await connection.query('COMMIT');
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
}

const worker = new Worker<{ id: string; n: number }>(env.QUEUE, ({ data }) => insertRow(data), {
  connection: new Redis(env.REDIS_URL, { maxRetriesPerRequest: null }),
  concurrency: env.CONCURRENCY,
});
worker.on('error', (error) => process.stderr.write(`bullmq: ${error.message}\n`));
process.once('SIGTERM', () => void worker.close().then(() => process.exit(0)));
