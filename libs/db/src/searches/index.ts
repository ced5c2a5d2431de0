export { forgetSearch } from './forget-search';
export { deleteRecording, findRecording, keepRecording } from './recordings';
