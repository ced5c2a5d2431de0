/**
 * Measures what telemetry costs a worker: `npx nx bench telemetry`. The built worker drains the same number of searches with telemetry
 * off, with metrics (the default) and with traces, in turns; ends with 1 when traces cost a tenth of the throughput or more.
 *
 *     --tasks 3000        how many tasks a run drains; the first fifth warms up and does not count
 *     --rounds 5          how many runs of each kind
 *     --json FILE         writes the figures into a file
 *
 * What a collector does with the traces is not part of it: they are sent over HTTP, and thrown away.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { migrate, openDatabase } from '@sorting-office/db';
import { startServers } from '@sorting-office/stack';
import { drain } from './drain';
import { compare } from './figures';
import { modes, type Mode } from './modes';
import { startSink } from './sink';

const goal = 0.9;

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});
const [tasks, rounds] = [Number(values.tasks), Number(values.rounds)];
const say = (line: string) => process.stdout.write(`${line}\n`);

const servers = await startServers({ durable: true, say });
const sink = await startSink();
try {
  say(`${servers.versions}, ${cpus().length} cores of ${cpus()[0]?.model ?? 'unknown'}`);
  await migrate({ url: servers.database.url });
  const database = openDatabase({ url: servers.database.url });
  try {
    const rates: Record<Mode, number[]> = { off: [], metrics: [], traces: [] };
    for (let round = 0; round < rounds; round++) {
      // Each kind is first, second and last in turn.
      const order = modes.map((_, index) => modes[(index + round) % modes.length] ?? 'off');
      for (const mode of order) {
        const { perSecond, bytes } = await drain(
          { database, databaseUrl: servers.database.url, amqpUrl: servers.broker.url, sink },
          mode,
          tasks,
        );
        rates[mode].push(perSecond);
        say(
          `${mode.padEnd(8)} ${perSecond.toFixed(0).padStart(6)} tasks/s${bytes > 0 ? `, ${bytes} bytes of traces` : ''}`,
        );
      }
    }
    const figures = compare(rates);
    for (const mode of modes) {
      const { median, lowest, highest, ratio } = figures[mode];
      say(
        `${mode.padEnd(8)} median ${median.toFixed(0)} tasks/s (${lowest.toFixed(0)} to ${highest.toFixed(0)}), ${(ratio * 100).toFixed(1)} % of off`,
      );
    }
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ tasks, rounds, figures }, undefined, 2)}\n`);
    if (figures.traces.ratio <= goal) {
      say('traces cost a tenth of the throughput or more');
      process.exitCode = 1;
    }
  } finally {
    await database.close();
  }
} finally {
  await sink.close();
  await servers.stop();
}
