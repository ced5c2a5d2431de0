/**
 * Measures Sorting Office beside the limit of its parts and beside its peers: `npm run bench`.
 *
 *     --only NAME         one benchmark, and no other; can be given several times
 *     --rounds 3          how often each kind of run takes its turn
 *     --minutes 30        how long the soak of `memory` takes
 *     --short             smaller measurements with lower goals, as CI makes them
 *     --json FILE         writes the figures into a file
 *
 * Ends with 1 when a goal was missed. Only ratios within one run count: machines differ.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startServers } from '@sorting-office/stack';
import { growth } from './growth/growth';
import { memory } from './memory/memory';
import type { Benchmark, Outcome } from './run/benchmark';
import { describeMachine } from './run/machine';
import { printTable } from './run/table';

import { sort } from './sort/sort';
import { throughput } from './throughput/throughput';

const benchmarks: readonly Benchmark[] = [throughput, growth, sort, memory];

const say = (line: string) => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '3' },
    minutes: { type: 'string' },
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
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

async function measure(chosenOnes: readonly Benchmark[]): Promise<void> {
  const servers = await startServers({ durable: true, binaryLog: true, say });
  try {
    const machine = await describeMachine(servers);
    say(
      `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB; Node ${machine.node}; ${machine.servers}`,
    );
    say(machine.durability);
    const outcomes: [string, Outcome][] = [];
    for (const benchmark of chosenOnes) {
      say(`${benchmark.name}: ${benchmark.about}`);
      const outcome = await benchmark.run({
        ...{ servers, short: values.short, say, rounds: Number(values.rounds) },
        minutes: values.minutes === undefined ? null : Number(values.minutes),
      });
      outcomes.push([benchmark.name, outcome]);
    }
    for (const [, { tables }] of outcomes)
      for (const table of tables) for (const line of ['', ...printTable(table)]) say(line);
    const figures = Object.fromEntries(outcomes.map(([name, outcome]) => [name, outcome.figures]));
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, ...figures }, null, 2)}\n`);
    const missed = outcomes.flatMap(([, outcome]) => outcome.missed);
    for (const line of missed) say(`goal missed: ${line}`);
    if (missed.length > 0) process.exitCode = 1;
  } finally {
    await servers.stop();
  }
}

if (values.help) for (const { name, about } of benchmarks) say(`${name.padEnd(14)}${about}`);
else await measure(chosen(values.only));
