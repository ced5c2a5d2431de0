import { z } from 'zod';

/** What the API is told by its environment. */
export const apiConfig = z.object({
  DATABASE_URL: z.string().regex(/^(mysql|mariadb):\/\//, 'must look like mysql://user:password@host:port/database'),
  AMQP_URL: z.string().regex(/^amqps?:\/\//, 'must look like amqp://user:password@host:port/vhost'),
  API_HOST: z.string().default('0.0.0.0'),
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Database connections. */
  API_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
export type ApiConfig = z.infer<typeof apiConfig>;

/** How long stopping may take in all, in seconds, whatever hangs: requests under way, confirms that are awaited, connections. */
export const longestStopSeconds = 30;
