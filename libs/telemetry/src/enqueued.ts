import { metrics } from '@opentelemetry/api';
import { metricNames } from './metric-names';

/** Counts tasks whose insertion has committed, by task and queue. */
export function enqueuedCounter(): (tasks: readonly { name: string; queue: string }[]) => void {
  const counter = metrics
    .getMeter('office')
    .createCounter(metricNames.tasksEnqueued, { description: 'Tasks whose insertion has committed' });
  return (tasks) => {
    for (const { name, queue } of tasks) counter.add(1, { task: name, queue });
  };
}
