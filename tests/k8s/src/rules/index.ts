import { podsAreConfined, podsAreSpread } from './confinement';
import { serversProveThemselves } from './encryption';
import { environmentIsKnown } from './environment';
import { mailboxesAreBounded } from './mailboxes';
import { metricsAreKnown } from './metrics';
import { nothingIsAllowedByDefault, serversAreReached, theWorldSeesTheApi, workersAreLeftAlone } from './network';
import { probesAreAnswered, programsExist, workersMigrate } from './programs';
import { everyQueueHasWorkers, scalersWatchTheirQueue } from './queues';
import { referencesExist } from './references';
import type { Rule } from './rule';
import {
  budgetsLetGo,
  monitorsFindPods,
  scalersHaveTargets,
  servicesLeadSomewhere,
  workloadsSelectTheirOwn,
} from './selectors';
import { graceIsLongEnough, rollsWithoutGap } from './stopping';

/** What holds for every overlay, besides its schemas. */
export const rules = {
  environmentIsKnown,
  mailboxesAreBounded,
  serversProveThemselves,
  programsExist,
  workersMigrate,
  probesAreAnswered,
  graceIsLongEnough,
  rollsWithoutGap,
  podsAreConfined,
  podsAreSpread,
  referencesExist,
  workloadsSelectTheirOwn,
  servicesLeadSomewhere,
  scalersHaveTargets,
  budgetsLetGo,
  monitorsFindPods,
  nothingIsAllowedByDefault,
  serversAreReached,
  workersAreLeftAlone,
  theWorldSeesTheApi,
  everyQueueHasWorkers,
  scalersWatchTheirQueue,
  metricsAreKnown,
} satisfies Record<string, Rule>;
