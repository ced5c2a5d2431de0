export { endBatchMember, openBatch, type NewBatch } from './batch';
export { completeTask, storeResult } from './complete-task';
export { countCrash, failTask, postponeTask, retryTask, uncountCrash } from './end-attempt';
export { findStanding, type TaskStanding } from './find-task';
export { insertTasks, publishGraceSeconds, type NewTask } from './insert-tasks';
export { makeLostDue, overtakingPriority, renewHeld, type SuspectedLoss } from './lost-tasks';
export { makeDue, markConfirmed, markTaken, takeDueTasks } from './outbox';
export type { QueuedTask } from './queued-task';
export { cancelAttempt, cancelTask, replayTask, type CancelOutcome } from './steer-task';
