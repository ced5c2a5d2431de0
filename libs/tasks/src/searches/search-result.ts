import { type Chip, chipSchema, type Leftover, leftoverSchema, mailQuerySchema } from '@sorting-office/mail';
import { z } from 'zod';
import type { MeantPeople } from '../mailboxes/wanted-mails';

const person = z.object({
  name: z.string().meta({ description: 'As the mails call them; empty when they only have an address' }),
  address: z.string(),
  mails: z.int().meta({ description: 'How many mails there are with them, as far as they were counted' }),
});

const chip = chipSchema.extend({
  people: z
    .array(person)
    .optional()
    .meta({ description: 'Whom a name may mean, the likeliest first: mails with any of them are found' }),
});

const foundMail = z.object({
  id: z.uuid(),
  from: z.object({ name: z.string(), address: z.string() }),
  subject: z.string(),
  sentAt: z.iso.datetime().nullable(),
  folder: z.string(),
  category: z.string().nullable(),
  snippet: z.string().meta({ description: 'The part of the text that was found' }),
  hits: z
    .array(z.tuple([z.int(), z.int()]))
    .meta({ description: 'Where in the snippet the words are: begin and end, in UTF-16 units' }),
});

/** What a search answers with. */
export const searchResult = z.object({
  transcript: z.string().meta({ description: 'What was typed, or heard' }),
  query: mailQuerySchema.meta({ description: 'What was understood' }),
  chips: z.array(chip).meta({ description: 'The same, part by part, with the words that each came from' }),
  notUnderstood: z.array(leftoverSchema).meta({ description: 'What had no part in it, and why' }),
  mails: z.array(foundMail),
  total: z.int().meta({ description: 'How many there are' }),
  totalIsExact: z.boolean().meta({ description: 'Whether there are just so many; else there are at least as many' }),
  next: z.string().nullable().meta({ description: 'The cursor of the following page; null on the last one' }),
  tookMs: z.int().meta({ description: 'Milliseconds from the beginning of the search, its listening included' }),
});
export type SearchResult = z.infer<typeof searchResult>;

/** The people that the names of a query were looked up as. */
export interface LookedUp {
  from: readonly MeantPeople[];
  to: readonly MeantPeople[];
}

/** Gives each chip of a name the people whom it may mean. */
export function chipsWithPeople(chips: readonly Chip[], people: LookedUp): SearchResult['chips'] {
  return chips.map((one) => {
    const meant = meantBy(one, people);
    return meant ? { ...one, people: meant.people } : one;
  });
}

/** Names that nobody in the mailbox has: what they were meant for is not found, and that is said. */
export function nobodies(chips: readonly Chip[], people: LookedUp): Leftover[] {
  return chips.flatMap((one) => {
    const meant = meantBy(one, people);
    if (!meant || meant.people.length > 0) return [];
    const { said, start, end } = one;
    return [{ said, start, end, reason: `nobody in this mailbox is called "${meant.said}"` }];
  });
}

/** The operator of a name's chip says the name as the query has it: `from:Ivan`, `to:"Ivan Petrenko"`. */
function meantBy({ field, operator }: Chip, people: LookedUp): MeantPeople | undefined {
  if (field !== 'from' && field !== 'to') return undefined;
  const name = operator.slice(field.length + 1).replace(/^"(.*)"$/, '$1');
  return people[field].find(({ said }) => said === name);
}
