// npm run audit: asks the registry for known holes in the packages that are locked. What was not checked never looks clean.
//   0: none of high severity or above    1: there are    3: not checked, as the registry does not answer such questions
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const exitCodes = { clean: 0, found: 1, unchecked: 3 };
const severe = ['high', 'critical'];

const { stdout, error } = spawnSync('npm', ['audit', '--json', '--package-lock-only', '--fetch-retries=0'], {
  cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
  timeout: 120_000,
});
const { verdict, lines } = error ? unchecked(error.message) : judge(stdout);
process.stdout.write(lines.map((line) => `audit: ${line}\n`).join(''));
process.exitCode = exitCodes[verdict];

/** npm says by its exit code neither that it found something nor that it could not ask: its report does. */
function judge(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return unchecked('npm has written no report');
  }
  const { vulnerabilities, metadata, message, error: refused } = report;
  const total = metadata?.dependencies?.total;
  if (!vulnerabilities || !metadata?.vulnerabilities || !(total > 0))
    return unchecked(message ?? refused?.summary ?? 'npm has looked at nothing');
  const found = Object.values(vulnerabilities).filter(({ severity }) => severe.includes(severity));
  const counts = Object.entries(metadata.vulnerabilities).filter(([kind, count]) => kind !== 'total' && count > 0);
  const summary = counts.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'no known holes';
  return {
    verdict: found.length > 0 ? 'found' : 'clean',
    lines: [...found.map(describe), `${total} packages: ${summary}`],
  };
}

function describe({ name, severity, range, via, fixAvailable }) {
  const causes = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : `${cause.title} (${cause.url})`));
  return `${severity}: ${name} ${range}: ${causes.join('; ')}${fixAvailable ? '; `npm audit fix` mends it' : ''}`;
}

function unchecked(why) {
  return {
    verdict: 'unchecked',
    lines: [`NOT CHECKED: ${why}`, 'Nobody knows whether the packages have known holes.'],
  };
}
