// Whom the large mailbox's mails are from: many of one name, so that there is a choice to be made, and a few of others.
import { personKeys } from '@sorting-office/mail';

const surnames = ['Petrenko', 'Koval', 'Bondar', 'Melnyk', 'Shevchenko'];

/** Rows for `people` and `person_keys`, without their mailbox. */
export function people(count: number): { people: [string, string][]; keys: [string, string][] } {
  const rows = Array.from({ length: count }, (_, n): [string, string] => [
    `p${n}@example.org`,
    `${n % 20 === 0 ? 'Ivan' : `Guest${n}`} ${surnames[n % surnames.length] ?? ''}${n}`,
  ]);
  const keys = rows.flatMap(([address, name]) =>
    [...new Set(personKeys({ address, names: [name] }))].map((key): [string, string] => [key, address]),
  );
  return { people: rows, keys };
}
