export { Cluster, type ClusterSettings } from './cluster/cluster';
export type { DeploymentController } from './controllers/deployment';
export { PodrunError, type PodrunErrorCode } from './errors';
export type { ServiceRoutes } from './network/service-routes';
export type { Machine } from './pod/machine';
export type { PlacedPod } from './pod/placed-pod';
export type { Pod, PodEvent } from './pod/pod';
