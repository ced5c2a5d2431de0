import { queueName } from '@sorting-office/broker';
import { taskQueue } from '@sorting-office/db';
import { z } from 'zod';
import { componentOf, ours } from '../pods';
import { environmentOf } from './environment';
import type { Rule } from './rule';

/** Each class of queue has a Deployment of its own, and the label says which. */
export const everyQueueHasWorkers: Rule = (objects) => {
  const workers = ours(objects).filter((workload) => componentOf(workload) === 'worker');
  const taken = workers.map((workload) => {
    const [container] = workload.spec.template.spec.containers;
    return {
      name: workload.metadata.name,
      label: workload.spec.template.metadata.labels['sorting-office/queue'],
      queues: container ? environmentOf(container, objects)['WORKER_QUEUES'] : undefined,
    };
  });
  return [
    ...taken
      .filter(({ label, queues }) => label !== queues)
      .map(
        ({ name, label, queues }) => `${name}: is labelled ${label ?? 'nothing'} and takes ${queues ?? 'everything'}`,
      ),
    ...taskQueue.options
      .filter((queue) => taken.filter(({ queues }) => queues === queue).length !== 1)
      .map((queue) => `${queue}: has not one Deployment`),
  ];
};

const scaled = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ name: z.string() }),
    triggers: z.array(z.looseObject({ type: z.string(), metadata: z.record(z.string(), z.string()) })),
  }),
});

/** KEDA looks at the length and the age of the queue that its workers take from. */
export const scalersWatchTheirQueue: Rule = (objects) =>
  objects
    .filter(({ kind }) => kind === 'ScaledObject')
    .map((object) => scaled.parse(object))
    .flatMap(({ metadata, spec }) => {
      const queue = taskQueue.options.find((option) => spec.scaleTargetRef.name === `office-worker-${option}`);
      if (!queue) return [`${metadata.name}: scales no workers`];
      const watched = (type: string) => spec.triggers.find((trigger) => trigger.type === type)?.metadata;
      const query = watched('prometheus')?.['query'] ?? '';
      return [
        ...(watched('rabbitmq')?.['queueName'] === queueName(queue)
          ? []
          : [`${metadata.name}: does not watch the length of ${queueName(queue)}`]),
        ...(query.includes('office_queue_age_seconds') && query.includes(`queue="${queue}"`)
          ? []
          : [`${metadata.name}: does not watch the age of ${queueName(queue)}`]),
      ];
    });
