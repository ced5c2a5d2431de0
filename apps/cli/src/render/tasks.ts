import { sortReport, type Task, type TaskDetail, undoReport } from '../api/schemas';
import { renderSortReport } from './sort-report';
import type { Style } from './style';
import { type Column, pairs, table } from './table';
import { moment, printable } from './text';
import { renderUndoReport } from './undo-report';

interface TaskColumn extends Column {
  readonly cell: (task: Task) => string;
}

const priorityColumn: TaskColumn = { title: 'priority', align: 'right', cell: ({ priority }) => String(priority) };
const dueColumn: TaskColumn = { title: 'due', cell: ({ dueAt }) => moment(dueAt) };

/** Tasks, a line each. */
export function renderTasks({ items, next }: { items: readonly Task[]; next: string | null }, style: Style): string {
  if (items.length === 0) return 'There are no such tasks.';
  // Most tasks are due at once and as urgent as any other: columns that say nothing are left out.
  const columns: TaskColumn[] = [
    { title: 'id', cell: ({ id }) => id },
    { title: 'name', cell: ({ name }) => name },
    { title: 'state', cell: ({ state }) => state },
    ...(items.some(({ priority }) => priority > 0) ? [priorityColumn] : []),
    { title: 'attempt', align: 'right', cell: ({ attempt }) => String(attempt) },
    {
      title: 'progress',
      align: 'right',
      cell: ({ progress }) => (progress ? `${progress.done}/${progress.total}` : ''),
    },
    { title: 'created', cell: ({ createdAt }) => moment(createdAt) },
    ...(items.some(({ dueAt }) => dueAt !== null) ? [dueColumn] : []),
    { title: 'error', cell: ({ error }) => error?.message ?? '' },
  ];
  const list = table(
    columns,
    items.map((task) => columns.map(({ cell }) => cell(task))),
    style,
  );
  return next === null ? list : `${list}\n${style.colors.dim('There are more: see --limit, --state and --name.')}`;
}

/** One task with everything that is known of it. */
export function renderTask(task: TaskDetail, style: Style): string {
  const { id, name, queue, state, attempt, maxAttempts, progress, error, rootId, nextId } = task;
  const facts: (readonly [string, string])[] = [
    ['id', printable(id)],
    ['name', printable(name)],
    ['state', coloured(state, style)],
    ['queue', printable(queue)],
    ...(task.priority > 0 ? [['priority', String(task.priority)] as const] : []),
    ['attempt', `${attempt} of ${maxAttempts}`],
    ['created', moment(task.createdAt)],
    ...(task.dueAt ? [['due', moment(task.dueAt)] as const] : []),
    ...(task.finishedAt ? [['finished', moment(task.finishedAt)] as const] : []),
    ...(progress ? [['progress', `${progress.done} of ${progress.total}`] as const] : []),
    ...(rootId !== id ? [['started by', printable(rootId)] as const] : []),
    ...(nextId ? [['goes on as', printable(nextId)] as const] : []),
    ['payload', asJson(task.payload)],
    ...(error ? [['error', style.colors.red(printable(`${error.message} (${error.code})`))] as const] : []),
  ];
  return [pairs(facts, style), failures(task, style), result(task, style)].filter((part) => part !== '').join('\n\n');
}

function failures({ failedAttempts }: TaskDetail, style: Style): string {
  if (failedAttempts.length === 0) return '';
  return table(
    [{ title: 'attempt', align: 'right' }, { title: 'failed' }, { title: 'worker' }, { title: 'error' }],
    failedAttempts.map(({ attempt, failedAt, worker, error }) => [
      String(attempt),
      moment(failedAt),
      worker,
      `${error.message} (${error.code})`,
    ]),
    style,
  );
}

function result({ name, result: value }: TaskDetail, style: Style): string {
  if (value === null || value === undefined) return '';
  return report(name, value, style) ?? pairs([['result', asJson(value)]], style);
}

/** The reports that this build knows how to show. */
function report(name: string, value: unknown, style: Style): string | null {
  if (name === 'sort_report') {
    const sorted = sortReport.safeParse(value);
    return sorted.success ? renderSortReport(sorted.data, style) : null;
  }
  if (name === 'undo_report') {
    const undone = undoReport.safeParse(value);
    return undone.success ? renderUndoReport(undone.data, style) : null;
  }
  return null;
}

const longestJson = 2000;

function asJson(value: unknown): string {
  const text = printable(JSON.stringify(value ?? null));
  return text.length <= longestJson ? text : `${text.slice(0, longestJson)}… (all of it with --json)`;
}

function coloured(state: Task['state'], { colors }: Style): string {
  switch (state) {
    case 'succeeded':
      return colors.green(state);
    case 'failed':
      return colors.red(state);
    case 'queued':
    case 'cancelled':
      return colors.yellow(state);
  }
}
