import { type Database, databaseErrorKind, DatabaseTlsError, openDatabase, verifySchema } from '@sorting-office/db';
import type { ServerAddress } from '../config/addresses';
import { databaseAt } from '../config/servers';
import { OfficeError } from '../errors';
import { reasonOf } from '../reason';
import { closeWithin, poolSeconds, within } from '../within';
import { type Finding, type Limits, ok, placeOf, skipped, untrusted, wrong } from './finding';

const closeMs = 1000;
const missingShown = 5;

/** Whether the database answers, and whether it holds what this build needs. */
export async function examineDatabase(address: ServerAddress | null, limits: Limits): Promise<Finding[]> {
  if (!address) {
    const says = 'DATABASE_URL is not set';
    return [skipped('database', says), skipped('schema', says)];
  }
  let database: Database | undefined;
  try {
    database = openDatabase({ ...databaseAt(address), poolSize: 1, connectSeconds: poolSeconds(limits.ms) });
    const opened = database;
    const version = await within(limits.ms, limits.signal, () => serverVersion(opened));
    return [ok('database', `server ${version} at ${placeOf(address.url)}`), await examineSchema(opened, limits)];
  } catch (error) {
    limits.signal.throwIfAborted();
    return [
      error instanceof DatabaseTlsError || error instanceof OfficeError
        ? untrusted('database', error, 'DATABASE')
        : wrong(
            'database',
            `${placeOf(address.url)}: ${reasonOf(error)}`,
            `Check that the server runs and that the address, user and password (from ${address.from}) are right.`,
          ),
      skipped('schema', 'the database cannot be asked'),
    ];
  } finally {
    const opened = database;
    if (opened) await closeWithin(closeMs, () => opened.close());
  }
}

async function serverVersion(database: Database): Promise<string> {
  const [row] = await database.read((db) => db.rows<{ version: string }>('SELECT VERSION() AS version'));
  return row?.version ?? 'of no version';
}

async function examineSchema(database: Database, limits: Limits): Promise<Finding> {
  try {
    // It tries whether the server takes writes, which a unit of work that reads is not allowed to.
    const { verified, missing } = await within(limits.ms, limits.signal, () => database.transaction(verifySchema));
    if (missing.length === 0) return ok('schema', `${verified} tables verified`);
    const more = missing.length - missingShown;
    const list = missing.slice(0, missingShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
    return wrong('schema', `the database lacks ${list}`, 'Run `worker migrate`.');
  } catch (error) {
    limits.signal.throwIfAborted();
    return wrong(
      'schema',
      reasonOf(error),
      databaseErrorKind(error) === 'schema'
        ? 'Run `worker migrate`.'
        : 'The database must let its user read and write.',
    );
  }
}
