import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { waitForClaim } from '../bootstrap/claim.mjs';
import { StackError } from '../errors';
import { run } from '../process/run';

const CLAIM = '/var/tmp/sorting-office-apt';
const POLICY = '/usr/sbin/policy-rc.d';
const OUR_POLICY =
  '#!/bin/sh\n# Sorting Office installs servers for its private use: none is to be started as a service.\nexit 101\n';

export interface AptRun {
  /** Tells the user in one line what happens. */
  readonly say: (line: string) => void;
  /** Ends the waiting for apt, and nothing that apt has begun. */
  readonly signal: AbortSignal;
}

/** Why apt cannot install anything here; undefined when it can. */
export function whyNoApt(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return 'this is no Debian or Ubuntu with apt';
  if (process.getuid?.() !== 0) return 'apt would need root';
  return undefined;
}

/**
 * Installs packages with apt in one run, once no other process of ours uses it. Services that come with them are not started.
 *
 * @param missing which packages are to be installed; asked when it is our turn, since others may have installed them meanwhile
 * @returns whether there was anything to install
 * @throws StackError COMMAND_FAILED, or INTERRUPTED when the signal aborts before apt has begun
 */
export async function installMissing(
  missing: () => Promise<readonly string[]>,
  { say, signal }: AptRun,
): Promise<boolean> {
  const release = await waitForClaim(CLAIM, signal, (pid) => say(`waiting for process ${pid}, which uses apt too`));
  try {
    const packages = await missing();
    if (packages.length > 0) await install(packages, { say, signal });
    return packages.length > 0;
  } finally {
    release();
  }
}

async function install(packages: readonly string[], aptRun: AptRun): Promise<void> {
  aptRun.say(`installing ${new Intl.ListFormat('en').format(packages)} with apt (about 20 s)`);
  const finish = keepServicesFromStarting();
  try {
    await apt(['update'], aptRun);
    await apt(['install', '-y', '--no-install-recommends', ...packages], aptRun);
  } finally {
    finish();
  }
}

/** In a process group of its own, and never cancelled: Ctrl-C in the middle would leave packages half-installed. */
async function apt(args: readonly string[], { say, signal }: AptRun): Promise<void> {
  if (signal.aborted) throw new StackError('INTERRUPTED', 'interrupted before apt');
  const explain = () => say('apt-get gets to its end first: interrupted, it would leave half-installed packages');
  signal.addEventListener('abort', explain);
  say(`  apt-get ${args.join(' ')}`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, detached: true });
  } finally {
    signal.removeEventListener('abort', explain);
  }
}

/** Has servers that were just installed not start after the next boot either. Fails harmlessly for what a release does not have. */
export async function keepServicesStopped(services: readonly string[]): Promise<void> {
  if (!existsSync('/run/systemd/system')) return;
  for (const service of services) await run('systemctl', ['disable', '--now', service]).catch(() => undefined);
}

/** Debian's switch against starting what was just installed; one left behind by a crash of ours is taken away as well. */
function keepServicesFromStarting(): () => void {
  const foreign = existsSync(POLICY) && readFileSync(POLICY, 'utf8') !== OUR_POLICY;
  if (foreign) return () => undefined;
  writeFileSync(POLICY, OUR_POLICY, { mode: 0o755 });
  return () => rmSync(POLICY, { force: true });
}
