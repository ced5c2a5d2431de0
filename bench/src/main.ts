/**
 * Measures Sorting Office beside the limit of its parts and beside its peers: `npm run bench`.
 *
 *     --only NAME         one benchmark, and no other; can be given several times
 *     --rounds 3          how often each kind of run takes its turn
 *     --minutes 30        how long the soak of `memory` takes
 *     --short             smaller measurements with lower goals, as CI makes them
 *     --json FILE         writes the figures into a file
 *     --picture FILE      draws them, as SVG
 *
 * Ends with 1 when a goal was missed. Only ratios within one run count: machines differ.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { parseArgs } from 'node:util';
import { startServers } from '@sorting-office/stack';
import { enqueue } from './enqueue/enqueue';
import { flood } from './flood/flood';
import { growth } from './growth/growth';
import { memory } from './memory/memory';
import { peers } from './peers/peers';
import type { Benchmark, Outcome } from './run/benchmark';
import { describeMachine, type Machine } from './run/machine';
import { drawPicture } from './run/picture';
import { printTable } from './run/table';
import { sort } from './sort/sort';
import { throughput } from './throughput/throughput';

const benchmarks: readonly Benchmark[] = [throughput, peers, enqueue, flood, growth, sort, memory];

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** As the manifests in k8s give a database that has mails in it. */
const databaseMemoryMb = 2048;

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(name, () => {
    process.exitCode = 128 + constants.signals[name];
    interruption.abort(new Error(`interrupted by ${name}`));
  });

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string' },
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
    picture: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function chosen(names: readonly string[]): readonly Benchmark[] {
  const unknown = names.find((name) => !benchmarks.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new TypeError(
      `there is no benchmark named ${unknown}: there are ${benchmarks.map(({ name }) => name).join(', ')}`,
    );
  return benchmarks.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function measure(chosenOnes: readonly Benchmark[], signal: AbortSignal): Promise<void> {
  const servers = await startServers({ durable: true, binaryLog: true, databaseMemoryMb, say, signal });
  const interrupted = once(signal, 'abort').then(() => Promise.reject(signal.reason as Error));
  try {
    const machine = await describeMachine(servers);
    say(
      `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB; Node ${machine.node}; ${machine.servers}`,
    );
    say(machine.durability);
    const outcomes: [string, Outcome][] = [];
    for (const benchmark of chosenOnes) {
      say(`${benchmark.name}: ${benchmark.about}`);
      const run = benchmark.run({
        ...{ servers, short: values.short, rounds: Number(values.rounds), signal, say },
        minutes: values.minutes === undefined ? null : Number(values.minutes),
      });
      const outcome = await Promise.race([run, interrupted]);
      outcomes.push([benchmark.name, outcome]);
    }
    for (const [, { tables }] of outcomes)
      for (const table of tables) for (const line of ['', ...printTable(table)]) say(line);
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify(figuresOf(machine, outcomes), null, 2)}\n`);
    if (values.picture !== undefined)
      writeFileSync(values.picture, drawPicture(outcomes.flatMap(([, { charts = [] }]) => charts)));
    const missed = outcomes.flatMap(([, outcome]) => outcome.missed);
    for (const line of missed) say(`goal missed: ${line}`);
    if (missed.length > 0) process.exitCode = 1;
  } finally {
    await servers.stop();
  }
}

/** Everything that was measured, with the ratios that it comes down to first. */
function figuresOf(machine: Machine, outcomes: readonly [string, Outcome][]): Record<string, unknown> {
  const ratios = outcomes.flatMap(([, { figures }]) =>
    Object.entries(figures).filter(([name]) => name.startsWith('ratioTo')),
  );
  return {
    machine,
    ...Object.fromEntries(ratios),
    ...Object.fromEntries(outcomes.map(([name, { figures }]) => [name, figures])),
  };
}

if (values.help) for (const { name, about } of benchmarks) say(`${name.padEnd(14)}${about}`);
else
  try {
    await measure(chosen(values.only), interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    say((interruption.signal.reason as Error).message);
    process.exit(); // What was measured still waits for what has been ended.
  }
