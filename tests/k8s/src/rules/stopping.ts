import { apiConfig, longestStopSeconds as apiStop } from '@sorting-office/api/config';
import { longestStopSeconds as workerStop, workerConfig } from '@sorting-office/worker/config';
import { componentOf, type Container, ours } from '../pods';
import { environmentOf } from './environment';
import type { Rule } from './rule';

/** How long a preStop hook takes, in seconds. */
const preStopSeconds = (container: Container | undefined): number => container?.lifecycle?.preStop?.sleep?.seconds ?? 0;

/** Nobody is killed who would have ended by itself in time. */
export const graceIsLongEnough: Rule = (objects) =>
  ours(objects).flatMap((workload) => {
    const [container] = workload.spec.template.spec.containers;
    if (!container) return [];
    const promised =
      componentOf(workload) === 'api' ? apiStop : workerStop(workerConfig.parse(environmentOf(container, objects)));
    const needed = preStopSeconds(container) + promised;
    const given = workload.spec.template.spec.terminationGracePeriodSeconds;
    return given > needed ? [] : [`${workload.metadata.name}: is killed after ${given} s and may need ${needed} s`];
  });

/** A roll never has fewer pods than before it, and the API is taken out of its Service before it stops, and lets connections go that are kept. */
export const rollsWithoutGap: Rule = (objects) =>
  ours(objects).flatMap((workload) => {
    const { name } = workload.metadata;
    const rolling = workload.spec.strategy?.rollingUpdate;
    const [container] = workload.spec.template.spec.containers;
    const served = componentOf(workload) === 'api' && container;
    return [
      ...(rolling?.maxUnavailable === 0 && rolling.maxSurge !== 0 ? [] : [`${name}: a roll takes pods away first`]),
      ...(served && preStopSeconds(container) < 5 ? [`${name}: stops while requests are still routed to it`] : []),
      ...(served && apiConfig.parse(environmentOf(container, objects)).API_SHUTDOWN_DELAY_SECONDS < 2
        ? [`${name}: closes connections that others keep before they have heard of it`]
        : []),
    ];
  });
