export { backoffMs } from './define/backoff';
export {
  defineTask,
  slotIntervalMicroseconds,
  type RateLimit,
  type RetryPolicy,
  type TaskDefinition,
} from './define/define-task';
export {
  maxPayloadBytes,
  newTask,
  parsePayload,
  PayloadInvalidError,
  type EnqueueManyOptions,
  type EnqueueOptions,
} from './define/new-task';
export { discard, done, retryLater, type Outcome } from './define/outcome';
export { call, type PrepareContext, type TaskContext, type TaskLog } from './define/task-context';
export { describeFailure, isRetryable, TaskFailure, TaskNotDoneError } from './define/task-failure';
export { openTaskScope } from './define/task-scope';
export { loadTasks, TaskRegistry, TaskUnknownError } from './registry';
export { checkCron, CronInvalidError, latestTick, nextTick, nextTicks, type CronSpec } from './schedules/cron';
export { type SearchPayload, searchPayload, searchTerms, searchText } from './searches/search-input';
export { searchResult, type SearchResult } from './searches/search-result';
export { mailboxConfig } from './mailboxes/mailbox-config';
export { mailboxInput } from './mailboxes/mailbox-input';
export { assertMailboxPath } from './mailboxes/open-mailbox';
