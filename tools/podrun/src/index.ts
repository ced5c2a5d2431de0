export { Objects } from './environment/objects';
export { PodrunError, type PodrunErrorCode } from './errors';
export type { Machine } from './pod/machine';
export { Pod, type PodEvent } from './pod/pod';
