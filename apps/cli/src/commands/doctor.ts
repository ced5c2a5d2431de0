import { examineBroker } from '../doctor/broker';
import { examineQueues } from '../doctor/queues';
import { examineDatabase } from '../doctor/database';
import type { Finding } from '../doctor/finding';
import { examineApi, examineWorker } from '../doctor/http';
import { examineVersions } from '../doctor/versions';
import { usageError, exitCodes } from '../errors';
import { renderFindings } from '../render/findings';
import type { Outcome, Session } from '../session';

/** Looks at every part; exit code 1 when anything is wrong. */
export async function doctor({ addresses, surroundings }: Session): Promise<Outcome> {
  const { api, database, broker } = addresses;
  if (!api && !database && !broker)
    throw usageError('CONFIGURATION_MISSING', 'nobody says where anything is', [
      'Set DATABASE_URL, AMQP_URL, OFFICE_URL and OFFICE_TOKEN, or run this where `npm start` runs (it leaves them in .stack/running.json).',
    ]);
  const limits = { ms: surroundings.timing.checkMs, signal: surroundings.signal };
  const servers = (
    await Promise.all([
      examineDatabase(database, limits),
      examineBroker(broker, limits),
      examineQueues(addresses, limits),
      examineApi(addresses, limits),
      examineWorker(addresses, limits),
    ])
  ).flat();
  const findings: Finding[] = [...servers, ...examineVersions(process.versions.node)];
  const fine = findings.every(({ state }) => state !== 'wrong');
  return {
    document: { ok: fine, checks: findings },
    render: (style) => renderFindings(findings, style),
    exitCode: fine ? exitCodes.ok : exitCodes.failed,
  };
}
