/**
 * Has the code send every statement that it can send, in each of its forms. A new statement belongs into the part whose code sends it,
 * by a call of the function that sends it: never by a copy of its SQL.
 */
import { accessStatements, schemaStatements, tokenStatements } from './access';
import { batchStatements, cancelStatements } from './batches';
import type { Office } from './office';
import { requestStatements } from './requests';
import { scheduleStatements } from './schedules';
import { peopleStatements, searchStatements } from './searches';
import { scopeStatements } from './scope';
import { sortingStatements } from './sorting';
import { attemptStatements, outboxStatements, pruningStatements, replayStatements } from './tasks';

/** In this order: what comes first reads what the others change. */
const parts: readonly ((office: Office) => Promise<unknown>)[] = [
  ...[schemaStatements, accessStatements, tokenStatements, scopeStatements],
  ...[searchStatements, peopleStatements, sortingStatements, outboxStatements, requestStatements],
  ...[attemptStatements, batchStatements, cancelStatements, replayStatements, scheduleStatements],
  pruningStatements,
];

export async function sendEveryStatement(office: Office): Promise<void> {
  for (const part of parts) await part(office);
}
