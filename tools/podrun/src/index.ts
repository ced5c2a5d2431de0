export { Objects } from './environment/objects';
export { PodrunError, type PodrunErrorCode } from './errors';
export { Addresses } from './network/addresses';
export { type Endpoint, Endpoints } from './network/endpoints';
export { ServiceProxy } from './network/service-proxy';
export type { Machine } from './pod/machine';
export { Pod, type PodEvent } from './pod/pod';
