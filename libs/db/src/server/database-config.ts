import { z } from 'zod';
import { readAuthorities } from './authorities';
import { type DatabaseServer, tlsProblem } from './tls';

const isAddress = (url: string) => /^(mysql|mariadb):\/\//.test(url) && URL.canParse(url);

/** An empty variable is one that is not set. */
const unlessEmpty = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const settings = z.object({
  DATABASE_URL: z.string().refine(isAddress, 'must look like mysql://user:password@host:port/database'),
  /** `verify`: TLS with a server that proves who it is; `off`: in the clear. `verify` when not set, unless the server is on this machine. */
  DATABASE_TLS: unlessEmpty(z.enum(['verify', 'off']).optional()),
  /** A file with the certificates of who may have signed the server's (PEM). Only these are believed; read once, at the start. */
  DATABASE_CA_FILE: unlessEmpty(z.string().optional()),
});
export type DatabaseConfig = z.infer<typeof settings>;

/** What the settings must say together; where they are put together with others, it has to be said again. */
export function checkDatabase(
  { DATABASE_URL: url, DATABASE_TLS: tls, DATABASE_CA_FILE: ca }: DatabaseConfig,
  context: z.RefinementCtx,
): void {
  if (!isAddress(url)) return;
  const message = tlsProblem({ url, tls, ca });
  if (message !== null) context.addIssue({ code: 'custom', path: ['DATABASE_URL'], message });
}

/** What programs are told of the database by their environment. */
export const databaseConfig = settings.superRefine(checkDatabase);

/**
 * Where the database is, and what to believe of it.
 *
 * @throws AuthoritiesError CA_FILE_UNREADABLE
 */
export function databaseServer({ DATABASE_URL, DATABASE_TLS, DATABASE_CA_FILE }: DatabaseConfig): DatabaseServer {
  return {
    url: DATABASE_URL,
    tls: DATABASE_TLS,
    ca: DATABASE_CA_FILE === undefined ? undefined : readAuthorities('DATABASE_CA_FILE', DATABASE_CA_FILE),
  };
}
