/**
 * Measures what telemetry costs a worker: `npx nx bench telemetry`. The built worker sorts the same mails, and then drains the same number of
 * the lightest tasks, with telemetry off, with metrics (the default) and with traces, in turns; ends with 1 when traces cost a sort a
 * tenth of its throughput or more.
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
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Measures each kind of run in each round, and says what came of it. */
async function inTurns(what: string, measure: (mode: Mode) => Promise<Measured>) {
  const rates: Record<Mode, number[]> = { off: [], metrics: [], traces: [] };
  const cpu: Record<Mode, number[]> = { off: [], metrics: [], traces: [] };
  for (let round = 0; round < rounds; round++) {
    // Each kind is first, second and last in turn.
    const order = modes.map((_, index) => modes[(index + round) % modes.length] ?? 'off');
    for (const mode of order) {
      const { perSecond, cpuMs, bytes } = await measure(mode);
      rates[mode].push(perSecond);
      cpu[mode].push(cpuMs);
      say(
        `${mode.padEnd(8)} ${perSecond.toFixed(0).padStart(6)} ${what}/s, ${cpuMs.toFixed(2)} ms of a processor each${bytes > 0 ? `, ${bytes} bytes of traces` : ''}`,
      );
    }
  }
  const [throughput, processor] = [compare(rates), compare(cpu)];
  for (const mode of modes) {
    const { median, lowest, highest, ratio } = throughput[mode];
    say(
      `${mode.padEnd(8)} median ${median.toFixed(0)} ${what}/s (${lowest.toFixed(0)} to ${highest.toFixed(0)}), ${(ratio * 100).toFixed(1)} % of off; ${processor[mode].median.toFixed(2)} ms of a processor each, ${(processor[mode].ratio * 100).toFixed(1)} %`,
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
    const sorted = await inTurns('mails', (mode) => sort(place, mode, mails));
    const drained = await inTurns('tasks', (mode) => drain(place, mode, tasks));
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ mails, tasks, rounds, sorted, drained }, undefined, 2)}\n`);
    if (sorted.throughput.traces.ratio <= goal) {
      say('traces cost a sort a tenth of its throughput or more');
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
} finally {
  await sink.close();
  await servers.stop();
}
