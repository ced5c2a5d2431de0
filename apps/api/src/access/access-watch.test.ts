import { jest } from '@jest/globals';
import { AccessWatch, type Watched } from './access-watch';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const everyMs = 1000;
const look = () => jest.advanceTimersByTimeAsync(everyMs);

/** A watch of two, whose question is answered by `answer`. */
function watching(answer: (watched: readonly Watched[]) => Promise<ReadonlySet<Watched>>) {
  const asked: number[] = [];
  const ended: string[] = [];
  const watch = new AccessWatch({
    everyMs,
    stillRecognised: (watched) => {
      asked.push(watched.length);
      return answer(watched);
    },
  });
  const add = (tokenId: string) => {
    const watched: Watched = {
      tokenId,
      sessionId: null,
      end: () => {
        ended.push(tokenId);
        watch.forget(watched);
      },
    };
    watch.add(watched);
  };
  add('one');
  add('two');
  return { watch, asked, ended, add };
}

test('asks once for all, ends what is over, and asks for nothing when there is nothing', async () => {
  const over = new Set(['one']);
  const { asked, ended } = watching((watched) =>
    Promise.resolve(new Set(watched.filter(({ tokenId }) => !over.has(tokenId)))),
  );
  await look();
  expect([asked, ended]).toEqual([[2], ['one']]);
  over.add('two');
  await look();
  expect([asked, ended]).toEqual([
    [2, 1],
    ['one', 'two'],
  ]);
  await look();
  expect(asked).toHaveLength(2);
});

test.each([
  ['fails', () => Promise.reject(new Error('away'))],
  ['has no answer', () => new Promise<never>(() => undefined)],
])('everything ends when the question %s for four times its period, and not before', async (_what, answer) => {
  const { ended } = watching(answer);
  for (let n = 0; n < 3; n++) await look();
  expect(ended).toEqual([]);
  await look();
  expect(ended).toEqual(['one', 'two']);
});

test('one answer is enough to go on', async () => {
  let n = 0;
  const { ended } = watching((watched) =>
    n++ % 3 === 2 ? Promise.resolve(new Set(watched)) : Promise.reject(Error()),
  );
  for (let looks = 0; looks < 12; looks++) await look();
  expect(ended).toEqual([]);
});

test('has no question under way once it has stopped, and asks no more', async () => {
  let answer: (still: ReadonlySet<Watched>) => void = () => undefined;
  const { watch, asked, ended } = watching(() => new Promise((resolve) => (answer = resolve)));
  await look();
  let stopped = false;
  const stopping = watch.stop().then(() => (stopped = true));
  await jest.advanceTimersByTimeAsync(10 * everyMs);
  expect([stopped, asked]).toEqual([false, [2]]);
  answer(new Set());
  await stopping;
  expect(ended).toEqual(['one', 'two']);
});
