import type { PlanStep } from '../recording/plan';
import { excess, type Recorded, readsNothing } from '../recording/recorder';
import { aliases } from './aliases';
import type { Exception } from './exceptions';
import { readsSchema, smallTables } from './tables';

export interface Judged {
  /** What is wrong, a sentence each; empty when all is well. */
  readonly problems: readonly string[];
  /** Those that nothing needs any more. */
  readonly unusedExceptions: readonly Exception[];
}

/** Holds what was recorded against the rules. @param sizes the rows of each table. */
export function judge(
  recorded: readonly Recorded[],
  sizes: ReadonlyMap<string, number>,
  exceptions: readonly Exception[],
): Judged {
  const used = new Set<Exception>();
  // The first problem of a statement says most: the others follow from it.
  const problems = recorded.flatMap((statement) =>
    [...unknown(statement), ...scans(statement, sizes), ...readings(statement, exceptions, used)].slice(0, 1),
  );
  return { problems, unusedExceptions: exceptions.filter((exception) => !used.has(exception)) };
}

const about = ({ site, sql }: Recorded, what: string) => `${site} ${what}\n    ${sql}`;

/** A plan for nothing tells nothing. */
function unknown(statement: Recorded): string[] {
  if (statement.plans.size > 0 || readsNothing(statement.sql)) return [];
  return [about(statement, 'was never sent with anything to find, so that nobody knows how it looks for it')];
}

function scans(statement: Recorded, sizes: ReadonlyMap<string, number>): string[] {
  if (readsSchema(statement.sql)) return [];
  const tables = aliases(statement.sql);
  const limited = /\blimit\b/i.test(statement.sql);
  return [...statement.plans].flatMap(([plan, steps]) =>
    steps.flatMap((step) => {
      if (step.table === null || step.table.startsWith('<') || step.select === 'INSERT') return [];
      const table = tables.get(step.table.toLowerCase());
      if (table === undefined) return [about(statement, `reads ${step.table}, and nobody knows which table that is`)];
      if (table === null || table in smallTables) return [];
      const size = sizes.get(table);
      if (size === undefined) return [about(statement, `reads ${table}, which the large database does not have`)];
      const problem = problemOf(step, size, limited);
      return problem === null ? [] : [about(statement, `${problem} of the table ${table}\n    plan: ${plan}`)];
    }),
  );
}

function problemOf({ type, key, rows }: PlanStep, size: number, limited: boolean): string | null {
  if (type === 'ALL') return 'reads every row';
  if (limited) return null;
  if (type === 'index') return `reads every entry of the index ${key ?? ''}`;
  return rows !== null && 2 * rows >= size ? `is expected to read ${rows} of ${size} rows` : null;
}

function readings(statement: Recorded, exceptions: readonly Exception[], used: Set<Exception>): string[] {
  const { read, wanted } = statement.worst;
  if (excess(statement.worst) <= 0) return [];
  const exception = exceptions.find(
    ({ file, like }) => statement.site.startsWith(`${file}:`) && (like?.test(statement.sql) ?? true),
  );
  if (exception) used.add(exception);
  const most = exception?.reads ?? 0;
  if (read <= most) return [];
  return [
    about(
      statement,
      `has read ${read} rows for ${wanted} that were returned, changed or named${exception ? ` (up to ${most} are excepted)` : ''}\n    plans: ${[...statement.plans.keys()].join('\n           ')}`,
    ),
  ];
}
