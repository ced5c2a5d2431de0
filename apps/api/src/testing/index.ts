/** For tests and measurements of the whole: the API, to be given other tasks; its requests, answered in another process than its own; and parts of it. */
export { AccessWatch } from '../access/access-watch';
export { UseNotes } from '../access/use-notes';
export { Api } from '../api';
export { type AppParts, createApp } from '../app';
export { apiConfig } from '../config';
export { EventStream } from '../routes/events';
export { pageOfTasks } from '../tasks/page-of-tasks';
export { TaskEnds } from '../tasks/task-ends';
