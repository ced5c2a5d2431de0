import type { Drained } from '../contenders/drain';
import type { Entrant } from './entrant';
import { standingsOf, throughputTable } from './report';
import { missedGoals } from './verdict';

const entrant = (key: string, rates: readonly number[], overrides: Partial<Entrant> = {}): Entrant => ({
  ...{ key, name: key, concurrency: 10, tasks: 100, atomic: false, goal: undefined },
  open: () => Promise.reject(new Error('nobody opens it')),
  runs: rates.map((perSecond): Drained => ({ perSecond, peakMb: 50, cpuMs: 1 })),
  ...overrides,
});

test('who ends a task in the transaction of its row must not be faster; who does not may', () => {
  const standings = standingsOf([
    entrant('ours', [900, 1000, 1100], { atomic: true }),
    entrant('equal', [1000], { atomic: true }),
    entrant('faster', [1250], { atomic: true }),
    entrant('promises less', [2000]),
  ]);
  expect(missedGoals(standings)).toEqual([
    'at concurrency 10 the worker does 0.80 times as many tasks as faster, and not 1',
  ]);
});

test('what this project replaces must be left far behind', () => {
  const standings = standingsOf([
    entrant('ours', [1000]),
    entrant('old', [100], { goal: 10 }),
    entrant('old, simple', [125], { goal: 10 }),
  ]);
  expect(missedGoals(standings)).toEqual([
    'at concurrency 10 the worker does 8.00 times as many tasks as old, simple, and not 10',
  ]);
});

test('nothing that was not measured passes', () => {
  const standings = standingsOf([entrant('ours', []), entrant('equal', [1000], { atomic: true })]);
  expect(missedGoals(standings)).toHaveLength(1);
});

test('everybody is held against what we did at the same concurrency', () => {
  const standings = standingsOf([
    entrant('ours', [1000]),
    entrant('ours', [1500], { concurrency: 50 }),
    entrant('other', [500]),
    entrant('other', [500], { concurrency: 50 }),
    entrant('alone', [500], { concurrency: 1 }),
  ]);
  expect(standings.map(({ key, ratio }) => [key, ratio])).toEqual([
    ['otherC10', 2],
    ['otherC50', 3],
  ]);
});

test('the table says who is atomic, and the medians of all rounds', () => {
  const { rows } = throughputTable(10, [entrant('ours', [1000], { atomic: true }), entrant('other', [100, 500, 900])]);
  expect(rows).toEqual([
    ['ours', 'yes', '1000', '1000', '1000', '1.00', '1.00', '50'],
    ['other', 'no', '500', '100', '900', '2.00', '1.00', '50'],
  ]);
});
