import { homedir } from 'node:os';
import { interrupted } from './errors';
import { office } from './program';
import { realTiming } from './surroundings';

const { argv, env, stdout, stderr } = process;

const interrupt = new AbortController();
// Asking twice changes nothing: npx passes on a Ctrl-C that the terminal has sent us already.
process.on('SIGINT', () => interrupt.abort(interrupted(130)));
process.on('SIGTERM', () => interrupt.abort(interrupted(143)));
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody reads on, as with `| head`: that is an end like any other.
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });

let exitCode: number;
try {
  exitCode = await office(argv.slice(2), {
    env,
    cwd: process.cwd(),
    home: homedir(),
    stdout,
    stderr,
    signal: interrupt.signal,
    timing: realTiming,
  });
} catch (error) {
  stderr.write(`office has a defect, or met something that nobody foresaw:\n${String((error as Error).stack)}\n`);
  exitCode = 1;
}
// What is written must be out before the end, and a server that no longer answers must not put it off.
await new Promise((resolve) => stdout.write('', resolve));
process.exit(exitCode);
