/** What the API answers, as far as the CLI uses it. Schemas of the CLI's own: an API of another version is found out, not guessed at. */
import { z } from 'zod';

export const taskStates = ['queued', 'succeeded', 'failed', 'cancelled'] as const;

const counts = z.record(z.string(), z.int());
const taskError = z.object({ code: z.string(), message: z.string() });
const progress = z.object({ done: z.int(), total: z.int() });

export const task = z.object({
  id: z.string(),
  name: z.string(),
  queue: z.string(),
  state: z.enum(taskStates),
  attempt: z.int(),
  maxAttempts: z.int(),
  priority: z.int(),
  payload: z.unknown(),
  progress: progress.nullable(),
  result: z.unknown(),
  error: taskError.nullable(),
  rootId: z.string(),
  nextId: z.string().nullable(),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type Task = z.infer<typeof task>;

export const taskDetail = task.extend({
  failedAttempts: z.array(
    z.object({ attempt: z.int(), error: taskError, worker: z.string(), failedAt: z.iso.datetime() }),
  ),
});
export type TaskDetail = z.infer<typeof taskDetail>;

/** What replaying by filter has come to so far; `next` is where to go on. */
export const replayed = z.object({
  replayed: z.int(),
  skipped: z.int(),
  more: z.boolean(),
  next: z.string().nullable(),
});
export type Replayed = z.infer<typeof replayed>;

export const redispatched = z.object({ tasks: z.int() });

const table = z.record(z.string(), z.unknown());

export const deadLetter = z.object({
  id: z.string(),
  reason: z.string().nullable(),
  queue: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  properties: table,
  headers: table,
  body: z.object({ encoding: z.enum(['text', 'base64']), content: z.string(), size: z.int() }),
});
export type DeadLetter = z.infer<typeof deadLetter>;

export const deadLetters = z.object({ items: z.array(deadLetter), total: z.int() });
export type DeadLetters = z.infer<typeof deadLetters>;

/** How many dead letters were dealt with; `began` is the API's time when it began. */
export const sortedOut = z.object({
  requeued: z.int().default(0),
  dropped: z.int().default(0),
  kept: z.int().default(0),
  more: z.boolean().default(false),
  began: z.iso.datetime().optional(),
});

export const mailbox = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  path: z.string(),
  addresses: z.array(z.string()),
  folders: z.record(z.string(), z.string().nullable()),
  createdAt: z.iso.datetime(),
});
export type Mailbox = z.infer<typeof mailbox>;

export const schedule = z.object({
  id: z.string(),
  name: z.string(),
  task: z.string(),
  payload: z.unknown(),
  cron: z.string(),
  timeZone: z.string(),
  enabled: z.boolean(),
  nextTicks: z.array(z.iso.datetime()),
  lastTick: z.iso.datetime().nullable(),
  lastTaskId: z.string().nullable(),
  lastError: taskError.nullable(),
  createdAt: z.iso.datetime(),
});
export type Schedule = z.infer<typeof schedule>;

/** A page of a list; `next` is the cursor of the following one. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** An error as RFC 9457 has it. */
export const problem = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

export const sortPlan = z.object({
  found: z.int(),
  fresh: z.int(),
  proposed: z.int(),
  /** What earlier dry runs have proposed and this one leaves so; sorts of the releases before do not say. */
  pending: z.int().default(0),
});
export type SortPlan = z.infer<typeof sortPlan>;

export const appliedPlan = z.object({ planId: z.string(), planned: z.int(), before: z.int() });
export type AppliedPlan = z.infer<typeof appliedPlan>;

export const undoPlan = z.object({ planned: z.int(), alreadyUndone: z.int(), underWay: z.int() });

const cases = z.object({ total: z.int(), examples: z.array(z.object({ what: z.string(), reason: z.string() })) });
export type Cases = z.infer<typeof cases>;

export const sortReport = z.object({
  mailboxId: z.string(),
  runId: z.string(),
  dryRun: z.boolean(),
  mails: z.int(),
  categories: counts,
  actions: counts,
  moved: counts,
  unreadable: cases,
  skipped: cases,
  failed: cases,
});
export type SortReport = z.infer<typeof sortReport>;

export const undoReport = z.object({
  mailboxId: z.string(),
  runId: z.string(),
  undone: z.int(),
  restored: counts,
  alreadyUndone: z.int(),
  underWay: z.int(),
  drifted: cases,
  conflicts: cases,
  failed: cases,
});
export type UndoReport = z.infer<typeof undoReport>;

/** A mail, as far as it takes to find its mailbox. */
export const mail = z.object({ id: z.string(), mailboxId: z.string() });
export type Mail = z.infer<typeof mail>;

/** What the payload of a run says of it: a sort, or a plan that was applied. */
export const runPayload = z.object({ mailboxId: z.string(), dryRun: z.boolean().default(false) });

const foundMail = z.object({
  id: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  sentAt: z.iso.datetime().nullable(),
  folder: z.string(),
  category: z.string().nullable(),
  snippet: z.string(),
  /** Where in the snippet what was looked for is. */
  hits: z.array(z.tuple([z.int(), z.int()])),
});
export type FoundMail = z.infer<typeof foundMail>;

const chip = z.object({
  said: z.string(),
  operator: z.string(),
  people: z.array(z.object({ name: z.string(), address: z.string(), mails: z.int() })).optional(),
});

export const searchResult = z.object({
  transcript: z.string(),
  query: z.record(z.string(), z.unknown()),
  /** What was understood, part by part. */
  chips: z.array(chip),
  notUnderstood: z.array(z.object({ said: z.string(), reason: z.string() })),
  mails: z.array(foundMail),
  total: z.int(),
  totalIsExact: z.boolean(),
  next: z.string().nullable(),
  tookMs: z.int(),
});
export type SearchResult = z.infer<typeof searchResult>;

/** What a search is answered with: what it has found, or the task that it takes longer in. */
export const searchAnswer = z.union([searchResult.extend({ id: z.string() }), taskDetail]);
export type SearchAnswer = z.infer<typeof searchAnswer>;

/** A search that is kept. */
export const keptSearch = z.object({
  id: z.string(),
  mailboxId: z.string(),
  spoken: z.boolean(),
  text: z.string().nullable(),
  total: z.int().nullable(),
  state: z.enum(taskStates).nullable(),
  error: taskError.nullable(),
  createdAt: z.iso.datetime(),
});
export type KeptSearch = z.infer<typeof keptSearch>;

/** How an API or a worker says whether it does its work. */
export const readiness = z.object({ status: z.string(), reasons: z.array(z.string()).default([]) });
