/**
 * Every fault of the suite, mixed at random under continuous load, for as long as asked: `npx nx soak faults --minutes 30`.
 *
 * Prints throughput, memory and the number of faults every ten seconds, and the invariants at the end; ends with exit code 1 when one is
 * broken. FAULT_SEED repeats the choices of a run. Ctrl-C ends it early, with the invariants.
 */
import { parseArgs } from 'node:util';
import { ownServers } from '../testing/servers';
import { seededRandom } from '../testing/random';
import { soak } from './soak';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new TypeError(`--minutes says for how long, and "${values.minutes}" is no such number`);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
const random = seededRandom();
say(`FAULT_SEED=${random.seed}`);

const servers = await ownServers();
try {
  await soak({ servers, random, minutes, say, ending: ending.signal });
} catch (error) {
  say(`${error instanceof Error ? error.message : String(error)}\n(FAULT_SEED=${random.seed})`);
  process.exitCode = 1;
} finally {
  await servers.stop();
}
