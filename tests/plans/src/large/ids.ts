// Ids of rows that are made by the thousand: told by what they are of and their number, in SQL as here.

const kinds = {
  account: '01000001',
  token: '01000002',
  session: '01000003',
  entry: '01000004',
  task: '01000005',
  batch: '01000006',
  schedule: '01000007',
  mailbox: '01000008',
  mail: '01000009',
  action: '0100000a',
} as const;
export type Kind = keyof typeof kinds;

/** The id of the nth row of a kind. */
export const idOf = (kind: Kind, n: number): string =>
  `${kinds[kind]}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** The same in SQL. @param n an expression. */
export const idSql = (kind: Kind, n: string): string =>
  `CONCAT('${kinds[kind]}-0000-7000-8000-', LPAD(LOWER(HEX(${n})), 12, '0'))`;
