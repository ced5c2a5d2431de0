import { Liveness, type Signs } from './liveness';

const well: Signs = {
  unhindered: true,
  broken: [],
  silentMs: 0,
  inHand: 0,
  overdueMs: 0,
  givenUp: [],
  waiting: () => Promise.resolve([{ queue: 'office.tasks.bulk', count: 0 }]),
};
const waiting = () => Promise.resolve([{ queue: 'office.tasks.bulk', count: 7 }]);
const minutes = (count: number) => count * 60_000;
const reason = (signs: Partial<Signs>) => new Liveness().reason({ ...well, ...signs });

test('a worker that is given messages, or for whom none wait, is alive', async () => {
  expect(await reason({})).toBeNull();
  expect(await reason({ silentMs: minutes(60) })).toBeNull();
  expect(await reason({ waiting })).toBeNull();
  expect(await reason({ waiting, silentMs: minutes(60), inHand: 1 })).toBeNull();
});

test('one that gets nothing though messages wait is not', async () => {
  expect(await reason({ waiting, silentMs: minutes(2) })).toBe(
    '7 messages wait in office.tasks.bulk, and none has come for 120 s',
  );
});

test('one that is kept from working is alive, however long that takes', async () => {
  const liveness = new Liveness();
  const hindered = { ...well, unhindered: false, broken: ['not subscribed to office.tasks.bulk'], waiting };
  expect(await liveness.reason({ ...hindered, silentMs: minutes(60) }, 0)).toBeNull();
  expect(await liveness.reason({ ...hindered, silentMs: minutes(60) }, minutes(60))).toBeNull();
});

test('one that has lost its subscription for good is not, and says which', async () => {
  const liveness = new Liveness();
  const broken = { ...well, broken: ['not subscribed to office.tasks.bulk'] };
  expect(await liveness.reason(broken, 0)).toBeNull();
  expect(await liveness.reason(broken, minutes(0.9))).toBeNull();
  expect(await liveness.reason(broken, minutes(1.1))).toBe(
    'for 66 s, although nothing is in the way: not subscribed to office.tasks.bulk',
  );
  // Back again in between: the time begins anew.
  expect(await liveness.reason(well, minutes(1.2))).toBeNull();
  expect(await liveness.reason(broken, minutes(2))).toBeNull();
});

test('one whose attempt can neither end nor be rolled back is not', async () => {
  expect(await reason({ overdueMs: minutes(0.5), inHand: 1 })).toBeNull();
  expect(await reason({ overdueMs: minutes(2), inHand: 1 })).toContain('should have ended 120 s ago');
});

test('one that carries too many tasks that ignore their signal is not', async () => {
  expect(await reason({ givenUp: Array.from({ length: 19 }, () => 'ignores') })).toBeNull();
  expect(await reason({ givenUp: Array.from({ length: 20 }, () => 'ignores') })).toBe(
    '20 tasks go on running that were given up: ignores',
  );
});
