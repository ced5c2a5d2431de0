/**
 * Records every statement with the place that sends it, and the plan that the server has for it at that very moment, with the values that
 * it is sent with.
 *
 * ```
 *   unit of work --statement--> connection: EXPLAIN statement --plan--> statement --> its answer
 * ```
 */
import type { Connection } from 'mysql2';
import { isEmpty, planOf, planText, type PlanStep } from './plan';
import { sendingSite, type Site } from './site';

/** How much a statement has read, once. */
export interface Reading {
  /** Rows, and entries of indexes: what InnoDB was asked for, and temporary tables. */
  readonly read: number;
  /** Rows that it has returned or changed, and values that it was given. */
  readonly wanted: number;
}

/**
 * As many reads as a statement may do beyond what it would by the best of plans: a join reads several rows for each that it returns, and
 * grouping, sorting and temporary tables read them again. Whatever grows with its table outgrows this.
 */
export const excess = ({ read, wanted }: Reading): number => read - (100 + 5 * wanted);

/** How often a statement is asked for its plan: with different values the server may have another one. */
const asks = 5;

/** A statement, however many values it has been sent with. */
export interface Recorded {
  readonly site: Site;
  /** With lists of values shortened. */
  readonly sql: string;
  /** The different plans it has had, by their text; none for one that reads nothing. */
  readonly plans: Map<string, readonly PlanStep[]>;
  /** Of the time when it has read most in proportion to what it was to read. */
  worst: Reading;
  /** How often it was asked for its plan, and had one. */
  asked: number;
}

type Done = (error: unknown, answer: unknown, ...rest: unknown[]) => void;

export class Recorder {
  readonly #recorded = new Map<string, Recorded>();
  readonly #unexplained: string[] = [];
  readonly #homeless = new Set<string>();

  /** Statements of every place. */
  get recorded(): readonly Recorded[] {
    return [...this.#recorded.values()];
  }

  /** Those that the server could not explain, with its reason. */
  get unexplained(): readonly string[] {
    return this.#unexplained;
  }

  /** Those that read or write rows and were sent by no unit of work. */
  get homeless(): readonly string[] {
    return [...this.#homeless];
  }

  /** For `onConnect` of `openDatabase`. */
  readonly listen = (connection: Connection): Promise<void> => {
    const ask = connection.query.bind(connection) as (...call: unknown[]) => unknown;
    for (const way of ['query', 'execute'] as const) {
      const send = connection[way].bind(connection) as (...call: unknown[]) => unknown;
      const recorded = (...call: unknown[]): unknown => {
        const sql = textOf(call[0]);
        if (typeof call.at(-1) !== 'function' || !/^\s*\(*\s*(?:select|insert|update|delete|replace|with)\b/i.test(sql))
          return send(...call);
        const values = call.length > 2 ? call[1] : (call[0] as { values?: unknown }).values;
        const site = sendingSite();
        if (site === null) {
          if (/\b(?:from|into|update)\b/i.test(sql)) this.#homeless.add(shortened(sql));
          return send(...call);
        }
        const statement = this.#at(site, shortened(sql));
        if (statement.asked >= asks || readsNothing(sql)) return send(...call);
        return this.#ask(
          ask,
          statement,
          { sql, values },
          (done) => send(...call.slice(0, -1), done),
          call.at(-1) as Done,
        );
      };
      Object.assign(connection, { [way]: recorded });
    }
    return Promise.resolve();
  };

  /** EXPLAIN, how much was read so far, the statement itself, how much was read by then. */
  #ask(
    ask: (...call: unknown[]) => unknown,
    statement: Recorded,
    { sql, values }: { sql: string; values: unknown },
    send: (done: Done) => unknown,
    done: Done,
  ): unknown {
    const read = (then: (rows: number) => void) =>
      ask(readSoFar, (_error: unknown, counted: unknown) =>
        then((counted as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0)),
      );
    return ask({ sql: `EXPLAIN FORMAT=TRADITIONAL ${sql}`, values }, (error: unknown, answer: unknown) => {
      if (error) this.#unexplained.push(`${statement.site} ${statement.sql}: ${(error as Error).message}`);
      else note(statement, planOf(answer as Record<string, unknown>[]));
      read((one) =>
        read((two) =>
          send((...its) =>
            read((three) => {
              // What asking itself reads is what lies between the first two.
              const reading = { read: three - two - (two - one), wanted: rowsOf(its[1]) + valuesOf(values) };
              if (excess(reading) > excess(statement.worst)) statement.worst = reading;
              done(...its);
            }),
          ),
        ),
      );
    });
  }

  #at(site: Site, sql: string): Recorded {
    const key = `${site} ${sql}`;
    const known = this.#recorded.get(key) ?? { site, sql, plans: new Map(), worst: { read: 0, wanted: 0 }, asked: 0 };
    this.#recorded.set(key, known);
    return known;
  }
}

function note(statement: Recorded, steps: readonly PlanStep[]): void {
  if (isEmpty(steps)) return;
  statement.asked++;
  statement.plans.set(planText(steps), steps);
}

/** Rows of an answer, or those that were changed. */
const rowsOf = (answer: unknown): number =>
  Array.isArray(answer) ? answer.length : ((answer as { affectedRows?: number } | undefined)?.affectedRows ?? 0);

const valuesOf = (values: unknown): number => (Array.isArray(values) ? values.length : 0);

const textOf = (query: unknown): string => (typeof query === 'string' ? query : (query as { sql: string }).sql);

/** Rows that are given, and not looked for. */
export const readsNothing = (sql: string): boolean => /^\s*insert\b/i.test(sql) && !/\bselect\b/i.test(sql);

const readSoFar = `SHOW SESSION STATUS LIKE 'Handler_read%'`;

/** One text for a statement, however many values its lists have. */
export const shortened = (sql: string): string =>
  sql
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\bin \(\?\)/gi, (list) => list.replace('?', '?, …'))
    .replace(/\?(?:, \?)+/g, '?, …')
    .replace(/(\((?:[^()]|\([^()]*\))*\))(?:,? ?\1)+/g, '$1, …')
    .replace(/(\(SELECT \? AS address.*? AS counted\))(?: UNION ALL \1)+/g, '$1 UNION ALL …');
