import { constants } from 'node:os';
import { bench } from './bench/bench';
import { StackError } from './errors';
import { start } from './start/start';
import { test } from './test/test';

// What `npm start`, `npm test` and `npm run bench` do once Node and the packages are there; runs in the workspace's root.
//   main.ts start [--telemetry] | test [arguments for Nx] | bench [arguments for bench/src/main.ts]

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Aborts with the name of the signal that asks us to end; asking twice changes nothing. */
function endingSignal(): AbortSignal {
  const ending = new AbortController();
  for (const name of ENDING) process.on(name, () => ending.abort(name));
  process.on('disconnect', () => ending.abort('SIGTERM')); // Our parent is gone.
  process.channel?.unref();
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ending.abort('SIGHUP')); // Nobody reads on.
  return ending.signal;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(workspace: string, [command, ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  switch (command) {
    case 'start':
      if (args.some((arg) => arg !== '--telemetry')) throw usage();
      await start(workspace, signal, say, { telemetry: args.includes('--telemetry') });
      return 0;
    case 'test':
      return test(workspace, args, signal, say);
    case 'bench':
      return bench(workspace, args, signal);
    default:
      throw usage();
  }
}

const usage = () =>
  new StackError(
    'USAGE',
    'usage: node tools/run.mjs start [--telemetry] | test [arguments for nx] | bench [arguments]',
  );

const signal = endingSignal();
try {
  process.exitCode = await main(process.cwd(), process.argv.slice(2), signal);
  if (signal.aborted && process.argv[2] !== 'start') process.exitCode = exitCodeOf(signal.reason);
} catch (error) {
  if (!signal.aborted)
    process.stderr.write(`${error instanceof StackError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = signal.aborted ? exitCodeOf(signal.reason) : 1;
}

function exitCodeOf(reason: unknown): number {
  return 128 + constants.signals[reason as NodeJS.Signals];
}
