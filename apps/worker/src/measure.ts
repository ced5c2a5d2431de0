import type { QueuedTask } from '@sorting-office/db';
import { metricNames, metrics } from '@sorting-office/telemetry';
import type { AttemptEnd } from './message/handle-message';

/** Counts and times the ends of attempts, by task, queue and outcome. */
export function measureEnds(): (end: AttemptEnd, task: QueuedTask, ms: number) => void {
  const meter = metrics.getMeter('office');
  const attempts = meter.createCounter(metricNames.attempts, { description: 'Attempts that have ended' });
  const duration = meter.createHistogram(metricNames.processDuration, {
    description: "From the message's turn to the committed end",
    unit: 's',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] },
  });
  return (end, task, ms) => {
    const attributes = { task: task.name, queue: task.queue, outcome: end };
    attempts.add(1, attributes);
    duration.record(ms / 1000, attributes);
  };
}
