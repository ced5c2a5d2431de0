/** A network that cuts, delays, and swallows without a word, between the workers and either server. */
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import type { Proxy } from './testing/proxy';
import { until } from './testing/until';
import { batch, parent, stumbles, writes } from './worker/tasks';

const fault = faults();

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
const sides = ['database', 'broker'] as const;

describe('a connection lost exactly during COMMIT,', () => {
  fault.each(['before', 'after'] as const)(
    '%s the server has had it, 30 times',
    () => ({ proxied: true }),
    async (office, random, when) => {
      const { database } = proxiesOf(office);
      await enqueueLoad(office);
      await office.startWorkers(2);
      for (const ended of times(10, () => random.int(1, 400)).sort((a, b) => a - b)) {
        await office.hasEnded(ended);
        database.faultCommits([when, when, when]);
      }
      await office.allEnded();
      expect(database.commitFaultsLeft).toBe(0);
    },
  );
});

describe.each(sides)('the connections to the %s', (side) => {
  fault('are cut 10 times under load', { proxied: true }, async (office, random) => {
    await enqueueLoad(office);
    await office.startWorkers(2);
    for (const ended of times(10, () => random.int(1, 500)).sort((a, b) => a - b)) {
      await office.hasEnded(ended);
      proxiesOf(office)[side].cut();
    }
  });

  fault('are slow, refused, and come back', { proxied: true }, async (office) => {
    const proxy = proxiesOf(office)[side];
    await enqueueLoad(office);
    const [worker] = await office.startWorkers(2);
    await office.hasEnded(50);
    proxy.delay(100);
    await office.hasEnded(150);
    proxy.refuse();
    await until('a worker to say that it is not ready', async () => (await worker?.health('ready'))?.ok === false);
    proxy.pass();
  });
});

function proxiesOf(office: Office): { database: Proxy; broker: Proxy } {
  if (!office.proxies) throw new Error('this office has no proxies');
  return office.proxies;
}

/** Some 500 tasks, some of which enqueue others. */
async function enqueueLoad(office: Office): Promise<void> {
  await office.enqueue(
    writes,
    times(200, () => ({ holdMs: 10 })),
  );
  await office.enqueue(
    parent,
    times(40, () => ({ children: 4, holdMs: 10 })),
    { family: 4 },
  );
  await office.enqueue(
    batch,
    times(20, () => ({ children: 4, holdMs: 10 })),
    { family: 5 },
  );
  await office.enqueue(
    stumbles,
    times(10, () => ({ times: 1 })),
    { attempt: 2 },
  );
}
