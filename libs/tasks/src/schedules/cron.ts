/**
 * Cron expressions on the clock of a time zone.
 *
 * A tick is a moment at which the zone's clock shows what the expression says:
 *
 * ```
 *   clock set forward, 03:00 -> 04:00     one time of day ticks when the hour is over; of several, those in the hour are left out
 *   clock set back,    04:00 -> 03:00     one time of day ticks on its first pass alone; several tick on both
 * ```
 */
import { Cron } from 'croner';
import { canonicalTimeZone } from './time-zone';

/** When something is to happen again and again. */
export interface CronSpec {
  /** Minute, hour, day of the month, month and weekday (0 or 7 is Sunday), or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. */
  cron: string;
  /** An IANA name such as `Europe/Kyiv`. */
  timeZone: string;
}

/** An expression or a zone means nothing. `field` is the one that is wrong. */
export class CronInvalidError extends Error {
  readonly code = 'CRON_INVALID';
  readonly retryable = false;
  constructor(
    readonly field: keyof CronSpec,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CronInvalidError';
  }
}

/**
 * Checks that a specification can be understood and will tick at all.
 *
 * @throws CronInvalidError saying what is wrong and what would be right.
 */
export function checkCron(spec: CronSpec, now: Date): void {
  nextTick(spec, now);
}

/**
 * The first tick after an instant.
 *
 * @throws CronInvalidError
 */
export function nextTick(spec: CronSpec, after: Date): Date {
  const next = parse(spec).nextRun(after);
  if (!next) throw new CronInvalidError('cron', `"${spec.cron}" never comes: no day is like that`);
  return next;
}

/**
 * The first ticks after an instant; fewer than asked for when there are no more.
 *
 * @throws CronInvalidError
 */
export const nextTicks = (spec: CronSpec, after: Date, count: number): Date[] => parse(spec).nextRuns(count, after);

/**
 * The latest tick at or before an instant, or null when there has been none.
 *
 * @throws CronInvalidError
 */
export function latestTick(spec: CronSpec, at: Date): Date | null {
  // What came before the next whole second has come by now: ticks are on whole minutes.
  return parse(spec).previousRuns(1, new Date(Math.floor(at.getTime() / 1000) * 1000 + 1000))[0] ?? null;
}

const nicknames = ['@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually'];

function parse({ cron, timeZone }: CronSpec): Cron {
  const timezone = requireZone(timeZone);
  const pattern = cron.trim();
  const nickname = nicknames.find((name) => name === pattern.toLowerCase());
  // Croner takes seconds, years and dates too; a scheduler that looks about once a second could not keep up with the first.
  if (!nickname && pattern.split(/\s+/).length !== 5) {
    throw new CronInvalidError(
      'cron',
      `"${cron}" is no cron expression: write five fields (minute, hour, day of the month, month, weekday) or one of ${nicknames.join(', ')}`,
    );
  }
  try {
    return new Cron(nickname ?? pattern, { timezone, mode: '5-part' });
  } catch (error) {
    throw new CronInvalidError('cron', `"${cron}" is no cron expression: ${reasonOf(error)}`, { cause: error });
  }
}

function requireZone(timeZone: string): string {
  const zone = canonicalTimeZone(timeZone);
  if (zone !== null) return zone;
  throw new CronInvalidError(
    'timeZone',
    `"${timeZone}" is no time zone: write an IANA name such as Europe/Kyiv or UTC`,
  );
}

const reasonOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/^CronPattern: /, '');
