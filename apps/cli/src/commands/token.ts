import {
  accountNamed,
  audit,
  cliDeed,
  databaseErrorKind,
  DatabaseTlsError,
  insertToken,
  openDatabase,
} from '@sorting-office/db';
import { requireDatabase } from '../config/addresses';
import { databaseAt } from '../config/servers';
import { OfficeError } from '../errors';
import { reasonOf } from '../reason';
import type { Outcome, Session } from '../session';
import { closeWithin, poolSeconds, within } from '../within';

export interface TokenOptions {
  readonly account: string;
  readonly name: string;
  /** Whether it may also look after the whole installation. */
  readonly operator?: boolean;
  /** Days until it ends; never when absent. */
  readonly expires?: number;
}

const tries = 3;
/** How long the database may take to say goodbye, in milliseconds. */
const closeMs = 1000;

/** Makes a token for an account, which is made too when it does not exist. The text is the token and nothing else. */
export async function createToken(
  { account, name, operator = false, expires }: TokenOptions,
  session: Session,
): Promise<Outcome> {
  const scope = operator ? 'operator' : 'owner';
  const lifeSeconds = expires === undefined ? null : expires * 24 * 60 * 60;
  const server = databaseAt(requireDatabase(session.addresses));
  const { timing, signal } = session.surroundings;
  const database = openDatabase({ ...server, poolSize: 1, connectSeconds: poolSeconds(timing.requestMs) });
  try {
    const token = await within(timing.requestMs * tries, signal, () =>
      // Two that make the same account at once may be in each other's way.
      database.patient(tries).transaction(async (db) => {
        const accountId = await accountNamed(db, account);
        const made = await insertToken(db, { accountId, name, scope, lifeSeconds, makerId: null });
        await audit(db, { ...cliDeed('token.create', made.id), accountId });
        return made.secret;
      }),
    );
    return { document: { token, account, name, scope }, render: () => token };
  } catch (error) {
    throw explained(error);
  } finally {
    await closeWithin(closeMs, () => database.close());
  }
}

function explained(error: unknown): unknown {
  if (error instanceof OfficeError) return error;
  if (error instanceof DatabaseTlsError) return new OfficeError(error.code, error.message, { cause: error });
  switch (databaseErrorKind(error)) {
    case 'schema':
      return new OfficeError('SCHEMA_NOT_READY', 'the database lacks tables or columns that this build needs', {
        cause: error,
        hints: ['`worker migrate` makes its tables.'],
      });
    case 'unavailable':
      return new OfficeError('DATABASE_UNAVAILABLE', `the database cannot be used: ${reasonOf(error)}`, {
        cause: error,
        hints: ['Check DATABASE_URL and that the server runs: `office doctor` looks further.'],
      });
    case 'conflict':
    case 'other':
      return error;
  }
}
