/** What the API answers with, for tests to vary. */
import type {
  DeadLetter,
  FoundMail,
  KeptSearch,
  Mailbox,
  Schedule,
  SearchResult,
  SortReport,
  TaskDetail,
  UndoReport,
} from '../api/schemas';

export const aTask = (some: Partial<TaskDetail>): TaskDetail => ({
  id: '01a00000-0000-7000-8000-000000000001',
  name: 'background_sort',
  queue: 'default',
  state: 'queued',
  attempt: 1,
  maxAttempts: 5,
  priority: 0,
  payload: {},
  progress: null,
  result: null,
  error: null,
  rootId: '01a00000-0000-7000-8000-000000000001',
  nextId: null,
  createdAt: '2024-05-01T10:00:00.000Z',
  dueAt: null,
  finishedAt: null,
  failedAttempts: [],
  ...some,
});

export const aMailbox = (some: Partial<Mailbox> = {}): Mailbox => ({
  id: '01a00000-0000-7000-8000-00000000000a',
  name: 'Mine',
  kind: 'maildir',
  path: '/home/ivan/Maildir',
  addresses: [],
  folders: { spam: 'Spam' },
  createdAt: '2024-05-01T10:00:00.000Z',
  ...some,
});

export const aSchedule = (some: Partial<Schedule> = {}): Schedule => ({
  id: '01a00000-0000-7000-8000-00000000000b',
  name: 'weekdays',
  task: 'background_sort',
  payload: { mailboxId: aMailbox().id },
  cron: '0 7 * * 1-5',
  timeZone: 'Europe/Kyiv',
  enabled: true,
  nextTicks: ['2024-05-02T04:00:00.000Z', '2024-05-03T04:00:00.000Z', '2024-05-06T04:00:00.000Z'],
  lastTick: null,
  lastTaskId: null,
  lastError: null,
  createdAt: '2024-05-01T10:00:00.000Z',
  ...some,
});

export const aReport = (some: Partial<SortReport> = {}): SortReport => ({
  mailboxId: aMailbox().id,
  runId: '01a00000-0000-7000-8000-000000000001',
  dryRun: false,
  mails: 7,
  categories: { personal: 2, forum: 4, spam: 1 },
  actions: { done: 5 },
  moved: { Spam: 1, Forums: 4 },
  unreadable: { total: 0, examples: [] },
  skipped: { total: 0, examples: [] },
  failed: { total: 0, examples: [] },
  ...some,
});

export const anUndoReport = (some: Partial<UndoReport> = {}): UndoReport => ({
  mailboxId: aMailbox().id,
  runId: '01a00000-0000-7000-8000-000000000003',
  undone: 2,
  restored: { INBOX: 2 },
  alreadyUndone: 0,
  underWay: 0,
  drifted: { total: 0, examples: [] },
  conflicts: { total: 0, examples: [] },
  failed: { total: 0, examples: [] },
  ...some,
});

export const aMail = (some: Partial<FoundMail> = {}): FoundMail => ({
  id: '01a00000-0000-7000-8000-0000000000ff',
  from: { name: 'Ivan', address: 'ivan@example.org' },
  subject: 'Linux kernel',
  sentAt: '2002-08-22T18:26:25.000Z',
  folder: 'INBOX',
  category: 'forum',
  snippet: 'It boots.',
  hits: [],
  ...some,
});

export const aDeadLetter = (some: Partial<DeadLetter> = {}): DeadLetter => ({
  id: '01a00000-0000-7000-8000-000000000001',
  reason: 'there is no task rename',
  queue: 'office.tasks.default',
  at: '2024-05-01T10:00:00.000Z',
  properties: { type: 'rename' },
  headers: {},
  body: { encoding: 'text', content: '{}', size: 2 },
  ...some,
});

export const aSearchResult = (some: Partial<SearchResult> = {}): SearchResult => ({
  transcript: 'linux kernel',
  query: { text: ['linux', 'kernel'] },
  chips: [
    { said: 'linux', operator: 'linux' },
    { said: 'kernel', operator: 'kernel' },
  ],
  notUnderstood: [],
  mails: [aMail()],
  total: 12,
  totalIsExact: true,
  next: 'next',
  tookMs: 5,
  ...some,
});

export const aKeptSearch = (some: Partial<KeptSearch> = {}): KeptSearch => ({
  id: '01a00000-0000-7000-8000-000000000001',
  mailboxId: aMailbox().id,
  spoken: false,
  text: 'linux kernel',
  total: 12,
  state: 'succeeded',
  error: null,
  createdAt: '2024-05-01T10:00:00.000Z',
  ...some,
});
