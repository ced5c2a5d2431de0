/** For tests of the whole: the API, to be given other tasks. */
export { Api } from '../api';
export { apiConfig } from '../config';
