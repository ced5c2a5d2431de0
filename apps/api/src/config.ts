import { brokerConfig, checkBroker } from '@sorting-office/broker';
import { checkDatabase, databaseConfig } from '@sorting-office/db';
import { mailboxConfig } from '@sorting-office/tasks';
import { z } from 'zod';

const settings = z.object({
  ...databaseConfig.shape,
  ...brokerConfig.shape,
  API_HOST: z.string().default('0.0.0.0'),
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Database connections. */
  API_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  /** Requests a minute of one token or session, in each API process; 0 for any number. */
  API_RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(0).default(1200),
  /** Wrong tokens a minute of one address, in each API process; 0 for any number. */
  API_FAILED_AUTH_PER_MINUTE: z.coerce.number().int().min(0).default(60),
  /** How many proxies are in front of it: so many of X-Forwarded-For's last addresses are believed. */
  API_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** How long a request may take to arrive, in seconds; its headers half as long. */
  API_REQUEST_SECONDS: z.coerce.number().int().min(2).max(3600).default(60),
  /** Event streams of one account, in each API process. */
  API_STREAMS_PER_ACCOUNT: z.coerce.number().int().min(1).default(50),
  /** How often it is asked whether the tokens and sessions of event streams still work, in seconds. */
  API_STREAM_CHECK_SECONDS: z.coerce.number().min(1).max(300).default(10),
  /** How long a stopping API goes on taking requests, in seconds, and is not ready: for whoever has not heard yet that it goes. */
  API_SHUTDOWN_DELAY_SECONDS: z.coerce.number().min(0).max(15).default(2),
  ...mailboxConfig.shape,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});
/** What the API is told by its environment. */
export const apiConfig = settings.superRefine(checkDatabase).superRefine(checkBroker);
export type ApiConfig = z.infer<typeof apiConfig>;

/** How long stopping may take in all, in seconds, whatever hangs: requests under way, confirms that are awaited, connections. */
export const longestStopSeconds = 30;

/** How much of that requests may take, its delay included, until they are cut. */
export const longestRequestsSeconds = 25;
