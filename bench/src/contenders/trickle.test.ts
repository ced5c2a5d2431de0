import { trickle } from './trickle';

test('tasks are sent one after the other, from the first number on, and each has its moment', async () => {
  const sent: string[] = [];
  const before = Date.now();
  const moments = await trickle({ first: 7, count: 3, everyMs: 1 }, async (n) => {
    sent.push(`begun ${n}`);
    await Promise.resolve();
    sent.push(`taken ${n}`);
  });
  expect(sent).toEqual(['begun 7', 'taken 7', 'begun 8', 'taken 8', 'begun 9', 'taken 9']);
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
  expect(moments).toHaveLength(3);
  expect(moments[0]).toBeGreaterThan(before);
  expect(moments[2]).toBeLessThan(Date.now() + 1);
});
