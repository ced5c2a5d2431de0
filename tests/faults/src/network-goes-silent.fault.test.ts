/**
 * A network that swallows without a word: no FIN, no RST. Whoever waits for an answer has to notice by himself that none will come.
 * The bounds are set short, so that the test need not wait for those of production.
 */
import { faults } from './testing/fault-test';
import type { Office } from './testing/office';
import type { Proxy } from './testing/proxy';
import { batch, brief } from './worker/tasks';

const fault = faults();

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

const silent = {
  proxied: true,
  env: { WORKER_STATEMENT_SECONDS: '5', WORKER_LOCK_BOUND_SECONDS: '5' },
};

describe.each(['database', 'broker'] as const)('the connections to the %s', (side) => {
  fault('swallow everything, and those who wait connect anew', silent, async (office) => {
    await enqueueLoad(office);
    await office.startWorkers(2);
    await office.hasEnded(50);
    const proxy = proxyOf(office, side);
    proxy.blackhole();
    proxy.pass();
  });

  fault.each(['client', 'server'] as const)(
    'are lost by the %s, and the other side is not told',
    () => silent,
    async (office, _random, gone) => {
      await enqueueLoad(office);
      await office.startWorkers(2);
      await office.hasEnded(50);
      proxyOf(office, side).halfOpen(gone);
    },
  );
});

function proxyOf(office: Office, side: 'database' | 'broker'): Proxy {
  if (!office.proxies) throw new Error('this office has no proxies');
  return office.proxies[side];
}

/** Some 300 tasks, some of which enqueue others. */
async function enqueueLoad(office: Office): Promise<void> {
  await office.enqueue(
    brief,
    times(200, () => ({ holdMs: 20 })),
  );
  await office.enqueue(
    batch,
    times(20, () => ({ children: 4, holdMs: 20 })),
    { family: 5 },
  );
}
