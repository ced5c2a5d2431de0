/**
 * Measures what telemetry costs a worker: `npx nx bench telemetry`. The built worker sorts the same mails, and then drains the same number of
 * the lightest tasks, with telemetry off, with metrics (the default), with the share of traces that the Kubernetes component takes, and with
 * every trace, in turns. Ends with 1 when a tenth of the throughput or more is lost: of a sort, by every trace; of the lightest tasks, by
 * the component's share.
 *
 *     --mails 1500        how many mails a run sorts
 *     --tasks 3000        how many tasks a run drains; the first fifth warms up and does not count
 *     --rounds 5          how many runs of each kind
 *     --json FILE         writes the figures into a file
 *
 * What a collector does with the traces is not part of it: they are sent over HTTP, and thrown away.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Mailbox, migrate, openDatabase } from '@sorting-office/db';
import { startServers } from '@sorting-office/stack';
import { makeMailbox } from '../mail-search/mailbox';
import { drain } from './drain';
import { compare } from './figures';
import { modes, type Mode } from './modes';
import { startSink } from './sink';
import { sort } from './sort';
import type { Measured } from './worker';

const goal = 0.9;

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '1500' },
    tasks: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const [mails, tasks, rounds] = [Number(values.mails), Number(values.tasks), Number(values.rounds)];
/** Maps as objects. */
const plainly = (_key: string, value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value);
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Takes turns, and says what came of it. */
async function inTurns(what: string, kinds: readonly Mode[], measure: (mode: Mode) => Promise<Measured>) {
  const rates = new Map<Mode, number[]>(kinds.map((mode) => [mode, []]));
  const cpu = new Map<Mode, number[]>(kinds.map((mode) => [mode, []]));
  for (let round = 0; round < rounds; round++) {
    // Each kind is first, second and last in turn.
    const order = [...kinds.slice(round % kinds.length), ...kinds.slice(0, round % kinds.length)];
    for (const mode of order) {
      const { perSecond, cpuMs, bytes } = await measure(mode);
      rates.get(mode)?.push(perSecond);
      cpu.get(mode)?.push(cpuMs);
      say(
        `${mode.padEnd(8)} ${perSecond.toFixed(0).padStart(6)} ${what}/s, ${cpuMs.toFixed(2)} ms of a processor each, ${(bytes / 1024).toFixed(0)} kB of traces`,
      );
    }
  }
  const [throughput, processor] = [compare(rates), compare(cpu)];
  for (const [mode, { median, lowest, highest, ratio }] of throughput) {
    const used = processor.get(mode);
    say(
      `${mode.padEnd(8)} median ${median.toFixed(0)} ${what}/s (${lowest.toFixed(0)} to ${highest.toFixed(0)}), ${(ratio * 100).toFixed(1)} % of off; ${used?.median.toFixed(2)} ms of a processor each`,
    );
  }
  return { throughput, processor };
}

const servers = await startServers({ durable: true, say });
const sink = await startSink();
try {
  say(`${servers.versions}, Node ${process.versions.node}, ${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}`);
  await migrate({ url: servers.database.url });
  const database = openDatabase({ url: servers.database.url });
  try {
    const id = await makeMailbox(database, 1);
    const { account_id: accountId } = await database.read((db) => db(Mailbox).findById(id).throwIfNotFound());
    const place = {
      ...{ database, databaseUrl: servers.database.url, amqpUrl: servers.broker.url },
      ...{ sink, mailbox: { id, accountId } },
    };
    // A sort is one trace, which is taken as a whole or not at all.
    const sorted = await inTurns('mails', ['off', 'metrics', 'traces'], (mode) => sort(place, mode, mails));
    const drained = await inTurns('tasks', modes, (mode) => drain(place, mode, tasks));
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ mails, tasks, rounds, sorted, drained }, plainly, 2)}\n`);
    const costs = [
      ['every trace costs a sort', sorted.throughput.get('traces')],
      ['the traces of the Kubernetes component cost the lightest tasks', drained.throughput.get('sampled')],
    ] as const;
    for (const [what, figures] of costs) {
      if (figures && figures.ratio > goal) continue;
      say(`${what} a tenth of the throughput or more`);
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
} finally {
  await sink.close();
  await servers.stop();
}
