/** graphile-worker: `BEGIN; INSERT; COMMIT` on a connection of its pool, and then it deletes the job on another one. */
import { run } from 'graphile-worker';
import { z } from 'zod';

const env = z
  .object({ DATABASE_URL: z.string(), CONCURRENCY: z.coerce.number(), LOCAL_QUEUE: z.coerce.number() })
  .parse(process.env);

const payload = z.object({ id: z.string(), n: z.number() });

await run({
  preset: {
    worker: {
      connectionString: env.DATABASE_URL,
      concurrentJobs: env.CONCURRENCY,
      maxPoolSize: env.CONCURRENCY + 1,
      ...(env.LOCAL_QUEUE > 0 && {
        localQueue: { size: env.LOCAL_QUEUE },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      }),
    },
  },
  taskList: {
    insert_row: async (given, { withPgClient }) => {
      const { id, n } = payload.parse(given);
      await withPgClient(async (client) => {
        await client.query('BEGIN');
        try {
          await client.query('INSERT INTO ledger (task_id, n) VALUES ($1, $2)', [id, n]);
          await client.query('COMMIT');
        } catch (error) {
          await client.query('ROLLBACK');
          throw error;
        }
      });
    },
  },
});
