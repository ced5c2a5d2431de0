/**
 * How long tasks wait, for `/metrics`: measured when somebody asks, and by the API since it is there when no worker is.
 *
 * ```
 *   scrape --> measure, unless somebody does already --within a moment--> fresh values
 *                                                     \--takes longer---> the latest ones with their age; none that are a minute old
 * ```
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Backlog, type Database, measureBacklog } from '@sorting-office/db';
import { metricNames, metrics } from '@sorting-office/telemetry';

/** How long a scrape waits for the database, in milliseconds. */
const patienceMs = 250;
/** How old a measurement may be that is still told, in milliseconds. */
const maxAgeMs = 60_000;

export function observeBacklog(database: Pick<Database, 'read'>, mayRun: () => boolean): void {
  const meter = metrics.getMeter('office');
  const queueAge = meter.createObservableGauge(metricNames.queueAge, {
    description: 'How long the longest waiting task of a queue has been due',
    unit: 's',
  });
  const outboxLag = meter.createObservableGauge(metricNames.outboxLag, {
    description: 'How long the oldest row has been due that nobody has published',
    unit: 's',
  });
  const measured = meter.createObservableGauge(metricNames.backlogMeasured, {
    description: 'How old the measurement of queue age and outbox lag is',
    unit: 's',
  });
  let latest: { backlog: Backlog; at: number } | null = null;
  let measuring: Promise<void> | null = null;

  const measure = async () => {
    try {
      latest = { backlog: await database.read(measureBacklog), at: performance.now() };
    } catch {
      // The database is away: the age of the latest measurement says so, and the gate says why.
    } finally {
      measuring = null;
    }
  };

  meter.addBatchObservableCallback(
    async (result) => {
      if (mayRun()) measuring ??= measure();
      await Promise.race([measuring, sleep(patienceMs, undefined, { ref: false })]);
      if (!latest) return;
      const ageMs = performance.now() - latest.at;
      result.observe(measured, ageMs / 1000);
      if (ageMs > maxAgeMs) return;
      result.observe(outboxLag, latest.backlog.outboxLag);
      for (const [queue, age] of Object.entries(latest.backlog.queueAge)) result.observe(queueAge, age, { queue });
    },
    [queueAge, outboxLag, measured],
  );
}
