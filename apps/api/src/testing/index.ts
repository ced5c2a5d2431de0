/** For tests of the whole: the API's requests, answered in the test's own process and from a database that it brings. */
export { AccessWatch } from '../access/access-watch';
export { UseNotes } from '../access/use-notes';
export { type AppParts, createApp } from '../app';
export { apiConfig } from '../config';
export { EventStream } from '../routes/events';
export { TaskEnds } from '../tasks/task-ends';
