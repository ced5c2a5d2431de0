export { type Backlog, measureBacklog } from './backlog';
export { BatchCancelledError, endBatchMember, openBatch, type NewBatch } from './batch';
export { cancelBatchesOf, type CalledOff } from './cancel-batch';
export { completeTask, storeResult, type TaskIdentity } from './complete-task';
export { countCrash, failTask, postponeTask, retryTask, uncountCrash } from './end-attempt';
export { findStanding, type TaskStanding } from './find-task';
export {
  insertTasks,
  insertUnlessQueued,
  publishGraceSeconds,
  type InsertedUnlessQueued,
  type NewTask,
} from './insert-tasks';
export { listTasks, type TasksAsked } from './list-tasks';
export { makeLostDue, overtakingPriority, renewHeld, type SuspectedLoss } from './lost-tasks';
export { makeDue, markConfirmed, markTaken, takeDueTasks } from './outbox';
export { type KeepTime, pruneBatches, type PrunedPart, pruneTasks } from './prune-tasks';
export type { QueuedTask } from './queued-task';
export { replayTasks, type ReplayedPart, type ReplayFilter, type ReplayTerms } from './replay-tasks';
export { cancelAttempt, cancelTask, replayTask, type CancelOutcome } from './steer-task';
