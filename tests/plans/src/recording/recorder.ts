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

/** A statement, however many values it has been sent with. */
export interface Recorded {
  readonly site: Site;
  /** With lists of values shortened. */
  readonly sql: string;
  /** The different plans it has had, by their text; none for one that reads nothing. */
  readonly plans: Map<string, readonly PlanStep[]>;
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
        const { plans } = this.#at(site, shortened(sql));
        if (readsNothing(sql)) return send(...call);
        const explained: Done = (error, answer) => {
          if (error) this.#unexplained.push(`${site} ${shortened(sql)}: ${String(error)}`);
          else note(plans, planOf(answer as Record<string, unknown>[]));
          send(...call);
        };
        return ask({ sql: `EXPLAIN FORMAT=TRADITIONAL ${sql}`, values }, explained);
      };
      Object.assign(connection, { [way]: recorded });
    }
    return Promise.resolve();
  };

  #at(site: Site, sql: string): Recorded {
    const key = `${site} ${sql}`;
    const known = this.#recorded.get(key) ?? { site, sql, plans: new Map() };
    this.#recorded.set(key, known);
    return known;
  }
}

function note(plans: Recorded['plans'], steps: readonly PlanStep[]): void {
  if (!isEmpty(steps)) plans.set(planText(steps), steps);
}

const textOf = (query: unknown): string => (typeof query === 'string' ? query : (query as { sql: string }).sql);

/** Rows that are given, and not looked for. */
export const readsNothing = (sql: string): boolean => /^\s*insert\b/i.test(sql) && !/\bselect\b/i.test(sql);

/** One text for a statement, however many values its lists have. */
export const shortened = (sql: string): string =>
  sql
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\?(?:, \?)+/g, '?, …')
    .replace(/(\((?:[^()]|\([^()]*\))*\))(?:,? ?\1)+/g, '$1, …')
    .replace(/(\(SELECT \? AS address.*? AS counted\))(?: UNION ALL \1)+/g, '$1 UNION ALL …');
