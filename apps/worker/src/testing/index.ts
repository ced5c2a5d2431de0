/** For tests of the whole: the worker as a part, to be given other tasks and attacked at its named points. */
export { workerConfig, type WorkerConfig } from '../config';
export { serveHealth } from '../health';
export type { MessagePoint, Probe } from '../message/points';
export { startWatchdog } from '../watchdog';
export { Worker } from '../worker';
