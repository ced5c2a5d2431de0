export { PodrunError, type PodrunErrorCode } from './errors';
