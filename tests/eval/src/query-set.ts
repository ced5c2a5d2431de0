// The queries that somebody could say or type, each with the query that is meant by it: written by hand, one JSON object a line.
import { readFileSync } from 'node:fs';
import { mailQuerySchema, type Moment } from '@sorting-office/mail';
import { z } from 'zod';

/** When and where every query of the set is said: a Wednesday, half past ten in the morning. */
export const moment: Moment = { now: new Date('2026-11-25T08:30:00.000Z'), timeZone: 'Europe/Kyiv' };

export const languages = ['en', 'uk'] as const;
export type Language = (typeof languages)[number];

/** Whoever improves the grammar looks at `dev` alone, so that nobody has fitted it to `heldout`. */
export const halves = ['dev', 'heldout'] as const;
export type Half = (typeof halves)[number];

export const saidQuerySchema = z.strictObject({
  /** As it is typed, or as a recogniser writes it down. */
  said: z.string().min(1),
  /** What its speaker means, by the conventions of the README. */
  query: mailQuerySchema.refine((query) => Object.keys(query).length > 0, 'a query that means nothing'),
});
export type SaidQuery = z.infer<typeof saidQuerySchema>;

/**
 * The queries of one language and half, in the order they were written in.
 *
 * @throws SyntaxError or ZodError, with the file and the line in its message, when a line is not a query.
 */
export function readQueries(language: Language, half: Half): SaidQuery[] {
  const name = `${language}.${half}.jsonl`;
  return readFileSync(`${import.meta.dirname}/../queries/${name}`, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line ? [parseLine(line, `${name}:${index + 1}`)] : []));
}

/** @param place names the line in errors. */
export function parseLine(line: string, place: string): SaidQuery {
  try {
    return saidQuerySchema.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof z.ZodError) throw new TypeError(`${place}: ${z.prettifyError(error)}`, { cause: error });
    throw new SyntaxError(`${place}: ${String(error)}`, { cause: error });
  }
}
