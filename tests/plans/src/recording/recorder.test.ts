import { isEmpty, planOf, planText } from './plan';
import { excess, readsNothing, shortened } from './recorder';
import { callerOf, sendingSite, sentFrom } from './site';

test('a statement is the same however many values its lists have', () => {
  const inserted = (rows: number) =>
    `INSERT INTO tasks (id, name)\n VALUES ${Array(rows).fill('(?, now(6), ?)').join(', ')}`;
  expect(shortened(inserted(3))).toBe(shortened(inserted(9)));
  expect(shortened('SELECT 1 FROM tasks WHERE id IN (?)')).toBe(
    shortened('SELECT 1 FROM tasks  WHERE id IN (?, ?, ?)'),
  );
  expect(shortened('SELECT 1 WHERE a = ?')).not.toBe(shortened('SELECT 1 WHERE a = ? AND b = ?'));
});

test('rows that are given are not looked for, and those that are selected are', () => {
  expect(readsNothing('insert into `tasks` (`id`) values (?)')).toBe(true);
  expect(readsNothing('INSERT INTO tokens (id) SELECT ?')).toBe(false);
  expect(readsNothing('UPDATE tasks SET name = ?')).toBe(false);
});

test('a page of fifty may read some more rows, and not a thousand', () => {
  expect(excess({ read: 300, wanted: 51 })).toBeLessThan(0);
  expect(excess({ read: 1000, wanted: 51 })).toBeGreaterThan(0);
});

test('a plan is read as both servers write it', () => {
  const [filtered, none] = planOf([
    {
      id: 1,
      select_type: 'SIMPLE',
      table: 't',
      type: 'ref|filter',
      key: 'a|b',
      rows: '600 (5%)',
      Extra: 'Using where',
    },
    {
      id: 1,
      select_type: 'SIMPLE',
      table: null,
      type: null,
      key: null,
      rows: null,
      Extra: 'no matching row in const table',
    },
  ]);
  expect(filtered).toMatchObject({ table: 't', rows: 600, extra: 'Using where' });
  expect(filtered && planText([filtered])).toBe('t ref|filter a|b 600 rows Using where');
  expect(none && isEmpty([none])).toBe(true);
  expect(isEmpty(planOf([{ table: null, type: null, rows: null, Extra: 'No tables used' }]))).toBe(false);
});

test('a place is told by who calls, and goes along with what is waited for', async () => {
  const here = () => callerOf(here);
  expect(here()).toMatch(/^tests\/plans\/src\/recording\/recorder\.test\.ts:\d+$/);
  const told = await sentFrom('some.ts:1', async () => {
    await Promise.resolve();
    return sendingSite();
  });
  expect(told).toBe('some.ts:1');
  expect(sendingSite()).toBeNull();
});
