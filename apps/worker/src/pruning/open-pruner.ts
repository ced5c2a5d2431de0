import type { Database } from '@sorting-office/db';
import { type Logger, metricNames, metrics } from '@sorting-office/telemetry';
import { keepTime, type WorkerConfig } from '../config';
import { Pruner } from './pruner';

interface PrunerSurroundings {
  database: Database;
  /** Whether the database may be touched. */
  mayRun: () => boolean;
  log: Logger;
}

/** The pruner that a worker is told to have, which says in its log what it has deleted, and counts it. */
export function openPruner(config: WorkerConfig, { database, mayRun, log }: PrunerSurroundings): Pruner {
  const counter = metrics
    .getMeter('office')
    .createCounter(metricNames.tasksPruned, { description: 'Old tasks that were deleted' });
  // So that it is there before the first one.
  counter.add(0);
  return new Pruner({
    // A deadlock costs a part, and not the round.
    database: database.patient(),
    keep: keepTime(config),
    mayRun,
    onPruned: ({ batches, tasks }) => {
      counter.add(tasks);
      log.info({ batches, tasks }, 'what had ended long ago was deleted');
    },
    onTrouble: (error) => log.warn({ err: error }, 'what has ended long ago could not be deleted'),
  });
}
