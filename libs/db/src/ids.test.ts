import { jest } from '@jest/globals';
import { version } from 'uuid';
import { IdSource, madeAt, newId } from './ids';

test('ids are different, and sort in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids.map((id) => version(id)))).toEqual(new Set([7]));
});

test('they do so when the clock is put back', () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(2000);
  const source = new IdSource();
  const ids = [source.next(), source.next()];
  clock.mockReturnValue(1000);
  ids.push(source.next());
  clock.mockReturnValue(3000);
  ids.push(source.next());
  clock.mockRestore();
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.map((id) => madeAt(id).getTime())).toEqual([2000, 2000, 2000, 3000]);
});

test('what two processes make at one moment is different', () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(2000);
  const sources = Array.from({ length: 1000 }, () => new IdSource().next());
  clock.mockRestore();
  expect(new Set(sources.map((id) => id.slice(14))).size).toBe(1000);
});

test('no two ids of one millisecond share their bytes of chance', () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(2000);
  const source = new IdSource();
  const ids = Array.from({ length: 1000 }, () => source.next().slice(24));
  clock.mockRestore();
  expect(new Set(ids).size).toBe(1000);
});
