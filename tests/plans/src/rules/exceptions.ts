/** A statement that may read more than {@link excess} allows: what it reads has a bound of another kind, or is what it is asked for. */
export interface Exception {
  /** Where it is sent. */
  readonly file: string;
  /** What its text has; absent: every statement of the file. */
  readonly like?: RegExp;
  readonly reason: string;
  /** The most that it reads in the large database. */
  readonly reads: number;
}

export const exceptions: readonly Exception[] = [
  {
    file: 'libs/db/src/tasks/prune-tasks.ts',
    like: /FROM tasks AS t FORCE INDEX \(PRIMARY\)/,
    reason: 'asks for the five reasons to keep a task, each by an index, of no more tasks than a part has',
    reads: 1000,
  },
  {
    file: 'libs/tasks/src/mailboxes/search/find-hits.ts',
    like: /COUNT\(\*\) OVER .*newest/,
    reason:
      'looks through up to 3,000 mails however many there are, and reads each four or five times: for their order, itself, its text, its rank',
    reads: 15_000,
  },
  {
    file: 'libs/tasks/src/mailboxes/search/find-hits.ts',
    like: /COUNT\(\*\) OVER .*MATCH/,
    reason:
      'ranks every mail that the FULLTEXT index finds, when those looked through do not make a page for certain (ADR 16)',
    reads: 9000,
  },
  {
    file: 'libs/tasks/src/mailboxes/search/find-hits.ts',
    like: /^SELECT COUNT\(\*\) AS total/,
    reason: 'counts up to 1,001 mails; a state that is not the rare one is looked for in the index by date',
    reads: 4000,
  },
  {
    file: 'libs/tasks/src/mailboxes/search/find-hits.ts',
    like: /^SELECT i\.mail_id AS id/,
    reason: 'of several states the index of the rarest is read, and the others are looked for in it',
    reads: 1000,
  },
  {
    file: 'libs/tasks/src/mailboxes/search/outlook.ts',
    reason:
      'passes over as many entries of an index as mails are looked through, up to 3,000; those of another state come in between',
    reads: 6000,
  },
  {
    file: 'libs/tasks/src/mailboxes/people/candidates.ts',
    like: /AS often/,
    reason: 'looks up to 4,000 entries up, and for each whether it was written to and whether there are ten mails',
    reads: 20_000,
  },
  {
    file: 'libs/tasks/src/tasks/sort-report.task.ts',
    like: /^SELECT \w+ AS name, COUNT/,
    reason: 'counts what one run has done',
    reads: 500,
  },
  {
    file: 'libs/db/src/tasks/replay-tasks.ts',
    reason:
      "looks through one account's failed or cancelled tasks for those that a filter fits, each once however many parts it takes",
    reads: 1000,
  },
  {
    file: 'libs/db/src/tasks/cancel-batch.ts',
    like: /FORCE INDEX \(tasks_batch\) WHERE batch_id = \? AND state = 'queued'$/,
    reason: 'looks through the members of one batch for those that are left',
    reads: 1000,
  },
];
