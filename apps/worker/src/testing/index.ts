/** For tests of the whole: the worker as a program, to be given other tasks and attacked at its named points; and parts of it. */
export { workerConfig } from '../config';
export { CrashGuard } from '../message/crash-guard';
export type { MessageHandlerParts } from '../message/parts';
export { type MessagePoint, noProbe, type Probe } from '../message/points';
export { RunningTasks, TaskCancelledError } from '../message/running-tasks';
export { settleTask } from '../message/settle-task';
export { runWorker } from '../run-worker';
export { Scheduler } from '../schedules/scheduler';
