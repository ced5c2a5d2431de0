// npm start, npm test and npm run bench. Needs nothing but Node: what else is missing is installed first.
//   node tools/run.mjs start [--telemetry] | test [arguments] | bench [arguments]
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
/* eslint-disable @nx/enforce-module-boundaries -- before npm ci no package can be found by its name */
import { install } from './stack/src/bootstrap/install.mjs';
import { whyNotThisNode } from './stack/src/bootstrap/node-version.mjs';
/* eslint-enable */

const workspace = dirname(dirname(fileURLToPath(import.meta.url)));
const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const tooOld = whyNotThisNode(process.versions.node);
if (tooOld) {
  process.stderr.write(`${tooOld}\n`);
  process.exit(1);
}

const interrupted = new AbortController();
const interrupt = (signal) => interrupted.abort(signal);
for (const signal of ending) process.on(signal, interrupt);
try {
  await install(workspace, interrupted.signal, (line) => process.stdout.write(`${line}\n`));
} catch (error) {
  const signal = interrupted.signal.reason;
  if (!signal) process.stderr.write(`${error.message}\n`);
  process.exit(signal ? 128 + constants.signals[signal] : 1);
}

const child = spawn(process.execPath, ['--import', 'tsx', 'tools/stack/src/main.ts', ...process.argv.slice(2)], {
  cwd: workspace,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // The channel tells the child when we are gone, however that came.
});
for (const signal of ending) {
  process.off(signal, interrupt);
  process.on(signal, () => child.kill(signal)); // A terminal sends Ctrl-C to the child as well: it takes no harm from a second one.
}
child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
