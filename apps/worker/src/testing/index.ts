/** For tests of the whole: the worker as a program, to be given other tasks and attacked at its named points. */
export { workerConfig } from '../config';
export type { MessagePoint, Probe } from '../message/points';
export { runWorker } from '../run-worker';
