import { installMissing, keepServicesStopped, whyNoApt } from '../../apt/apt-get';
import { missingOf } from '../../apt/programs';
import type { Place } from '../place';
import type { Kind } from '../server';
import { installedSource } from './installed';
import type { Offer, Source } from './source';

const PACKAGES = { database: 'mariadb-server', broker: 'rabbitmq-server' } as const;
const SERVICES = ['mariadb', 'rabbitmq-server', 'epmd.socket', 'epmd'];

/** Debian's or Ubuntu's packages, installed when we are root, and then run privately like any installed program. */
export const aptSource: Source = {
  name: 'apt',
  async offer(wanted: readonly Kind[], place: Place): Promise<Offer> {
    const obstacle = whyNoApt();
    if (obstacle) return { lacks: Object.fromEntries(wanted.map((kind) => [kind, obstacle])) };
    const servers = async () => {
      const { lacks } = await installedSource.offer(wanted, place);
      return wanted.filter((kind) => lacks[kind] !== undefined).map((kind) => PACKAGES[kind]);
    };
    const installed = await installMissing(async () => withPrograms(await servers(), place), place).catch(
      // A release that lacks one of the programs installs nothing of what is asked for with it.
      () => installMissing(servers, place),
    );
    if (installed) await keepServicesStopped(SERVICES);
    return installedSource.offer(wanted, place);
  },
};

/** In one run with the servers, since each run begins with reading all lists of packages. */
function withPrograms(servers: readonly string[], { programs = [] }: Place): readonly string[] {
  return servers.length === 0 ? [] : [...servers, ...missingOf(programs).map((program) => program.package)];
}
