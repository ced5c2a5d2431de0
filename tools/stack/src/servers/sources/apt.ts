import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StackError } from '../../errors';
import { waitForClaim } from '../../bootstrap/claim.mjs';
import { run } from '../../process/run';
import type { Place } from '../place';
import type { Kind } from '../server';
import { installedSource } from './installed';
import type { Offer, Source } from './source';

const PACKAGES = { database: 'mariadb-server', broker: 'rabbitmq-server' } as const;
const SERVICES = ['mariadb', 'rabbitmq-server', 'epmd.socket', 'epmd'];
const CLAIM = '/var/tmp/sorting-office-apt';
const POLICY = '/usr/sbin/policy-rc.d';
const OUR_POLICY =
  '#!/bin/sh\n# Sorting Office installs servers for its private use: none is to be started as a service.\nexit 101\n';

/** Debian's or Ubuntu's packages, installed when we are root, and then run privately like any installed program. */
export const aptSource: Source = {
  name: 'apt',
  async offer(wanted: readonly Kind[], place: Place): Promise<Offer> {
    const obstacle = whyNot();
    if (obstacle) return { lacks: Object.fromEntries(wanted.map((kind) => [kind, obstacle])) };
    const release = await waitForClaim(CLAIM, place.signal, (pid) =>
      place.say(`waiting for process ${pid}, which uses apt too`),
    );
    try {
      const { lacks } = await installedSource.offer(wanted, place); // Another start may have installed them meanwhile.
      const packages = wanted.filter((kind) => lacks[kind] !== undefined).map((kind) => PACKAGES[kind]);
      if (packages.length > 0) await install(packages, place);
    } finally {
      release();
    }
    return installedSource.offer(wanted, place);
  },
};

function whyNot(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return 'this is no Debian or Ubuntu with apt';
  if (process.getuid?.() !== 0) return 'apt would need root';
  return undefined;
}

async function install(packages: readonly string[], place: Place): Promise<void> {
  place.say(`installing ${packages.join(' and ')} with apt (about 20 s)`);
  const finish = keepServicesFromStarting();
  try {
    await apt(['update'], place);
    await apt(['install', '-y', '--no-install-recommends', ...packages], place);
  } finally {
    finish();
  }
  // Nor after the next boot. Fails harmlessly for what a release does not have.
  if (existsSync('/run/systemd/system')) {
    for (const service of SERVICES) await run('systemctl', ['disable', '--now', service]).catch(() => undefined);
  }
}

/** In a process group of its own, and never cancelled: Ctrl-C in the middle would leave packages half-installed. */
async function apt(args: readonly string[], place: Place): Promise<void> {
  if (place.signal.aborted) throw new StackError('INTERRUPTED', 'interrupted before apt');
  const explain = () => place.say('apt-get gets to its end first: interrupted, it would leave half-installed packages');
  place.signal.addEventListener('abort', explain);
  place.say(`  apt-get ${args.join(' ')}`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, detached: true });
  } finally {
    place.signal.removeEventListener('abort', explain);
  }
}

/** Debian's switch against starting what was just installed; one left behind by a crash of ours is taken away as well. */
function keepServicesFromStarting(): () => void {
  const foreign = existsSync(POLICY) && readFileSync(POLICY, 'utf8') !== OUR_POLICY;
  if (foreign) return () => undefined;
  writeFileSync(POLICY, OUR_POLICY, { mode: 0o755 });
  return () => rmSync(POLICY, { force: true });
}
