import type { PlanStep } from '../recording/plan';
import { planText } from '../recording/plan';
import type { Reading, Recorded } from '../recording/recorder';
import type { Exception } from './exceptions';
import { judge } from './judge';

const sizes = new Map([
  ['tasks', 20_000],
  ['batches', 4000],
  ['rate_limits', 3],
]);

const step = (table: string | null, type: string, rows: number, extra = ''): PlanStep => ({
  ...{ table, type, key: type === 'ALL' ? null : 'some_key', rows, extra, considered: null, select: 'SIMPLE' },
});

function recorded(sql: string, steps: readonly PlanStep[], worst: Reading = { read: 1, wanted: 1 }): Recorded {
  const plans = new Map(steps.length === 0 ? [] : [[planText(steps), steps]]);
  return { site: 'libs/db/src/some.ts:7', sql, plans, worst, asked: 1 };
}

const problems = (statement: Recorded, exceptions: readonly Exception[] = []) =>
  judge([statement], sizes, exceptions).problems.map((problem) => problem.split('\n')[0]);

test('what is found by an index is as it should be', () => {
  expect(problems(recorded('SELECT * FROM tasks WHERE id = ?', [step('tasks', 'const', 1)]))).toEqual([]);
});

test('a table that is read from one end to the other is named with its place, whatever the statement calls it', () => {
  const expected = ['libs/db/src/some.ts:7 reads every row of the table tasks'];
  const all = step('tasks', 'ALL', 20_000);
  expect(problems(recorded('SELECT * FROM tasks WHERE name LIKE ?', [all]))).toEqual(expected);
  expect(problems(recorded('UPDATE tasks SET name = ? LIMIT 1', [all]))).toEqual(expected);
  const joined = 'SELECT * FROM batches b LEFT JOIN tasks AS t ON t.name = b.id WHERE b.id = ?';
  expect(problems(recorded(joined, [step('b', 'const', 1), step('t', 'ALL', 20_000)]))).toEqual(expected);
  const straight = 'SELECT * FROM batches STRAIGHT_JOIN tasks ON true';
  expect(problems(recorded(straight, [step('batches', 'ref', 1), all]))).toEqual(expected);
});

test('an index that is read whole, and half of a table, need a limit', () => {
  const index = step('tasks', 'index', 20_000);
  expect(problems(recorded('SELECT id FROM tasks', [index]))).toEqual([
    'libs/db/src/some.ts:7 reads every entry of the index some_key of the table tasks',
  ]);
  expect(problems(recorded('SELECT id FROM tasks ORDER BY id LIMIT 51', [index]))).toEqual([]);
  const half = step('tasks', 'range', 10_000);
  expect(problems(recorded('SELECT * FROM tasks WHERE id > ?', [half]))).toEqual([
    'libs/db/src/some.ts:7 is expected to read 10000 of 20000 rows of the table tasks',
  ]);
  expect(problems(recorded('SELECT * FROM tasks WHERE id > ? LIMIT 51', [half]))).toEqual([]);
});

test('small tables, and those that a statement makes itself, may be read whole', () => {
  expect(problems(recorded('SELECT * FROM rate_limits', [step('rate_limits', 'ALL', 3)]))).toEqual([]);
  const made = [step('<derived2>', 'ALL', 20_000), step('tasks', 'ref', 1)];
  expect(problems(recorded('SELECT * FROM (SELECT 1 FROM tasks WHERE id = ?) AS found', made))).toEqual([]);
});

test('a table that nobody can tell is a problem, and so is a plan that nobody has seen', () => {
  expect(problems(recorded('SELECT * FROM tasks', [step('other', 'const', 1)]))).toEqual([
    'libs/db/src/some.ts:7 reads other, and nobody knows which table that is',
  ]);
  expect(problems(recorded('SELECT * FROM tasks WHERE id = ?', []))).toEqual([
    'libs/db/src/some.ts:7 was never sent with anything to find, so that nobody knows how it looks for it',
  ]);
  expect(problems(recorded('INSERT INTO tasks (id) VALUES (?)', []))).toEqual([]);
});

test('what reads much more than it returns needs an exception, which has a bound and is needed', () => {
  const page = (read: number) =>
    recorded('SELECT * FROM tasks LIMIT 51', [step('tasks', 'ref', 2000)], { read, wanted: 51 });
  const file = 'libs/db/src/some.ts';
  const reason = 'for the test';
  expect(problems(page(355))).toEqual([]);
  expect(problems(page(2052))).toEqual([
    'libs/db/src/some.ts:7 has read 2052 rows for 51 that were returned, changed or named',
  ]);
  expect(problems(page(2052), [{ file, reason, reads: 2100 }])).toEqual([]);
  expect(problems(page(2052), [{ file, like: /OFFSET/, reason, reads: 2100 }])).toHaveLength(1);
  expect(problems(page(2152), [{ file, reason, reads: 2100 }])).toEqual([
    'libs/db/src/some.ts:7 has read 2152 rows for 51 that were returned, changed or named (up to 2100 are excepted)',
  ]);
  const unused = { file, reason, reads: 2100 };
  expect(judge([page(355)], sizes, [unused]).unusedExceptions).toEqual([unused]);
});
