import type { Servers } from '@sorting-office/stack';
import { Office, type OfficeOptions } from './office';
import { type Random, seededRandom } from './random';
import { ownServers, sharedServers } from './servers';

/** Most that a fault may take, in milliseconds, on a slow machine with others at work. */
const faultMs = 240_000;
const serversMs = 240_000;

type Options = Omit<OfficeOptions, 'servers'>;

/** Defines a fault: a test with an office of its own, which must hold every invariant afterwards. */
export interface FaultTest {
  (name: string, options: Options, fault: (office: Office, random: Random) => Promise<void>): void;
  /** One for each of several variants; `%s` in the name is the variant. */
  each<V extends string>(
    variants: readonly V[],
  ): (
    name: string,
    options: (variant: V) => Options,
    fault: (office: Office, random: Random, variant: V) => Promise<void>,
  ) => void;
}

/**
 * Gives a file of faults its servers, and a seed, which it prints and adds to each failure.
 *
 * @param onServers whether the servers themselves are what fails: such a file has its own, as others would be hit as well.
 */
export function faults({ onServers = false } = {}): FaultTest {
  const random = seededRandom();
  let servers: Servers | undefined;
  let office: Office | undefined;

  beforeAll(async () => {
    process.stderr.write(`FAULT_SEED=${random.seed}\n`);
    servers = await (onServers ? ownServers() : sharedServers());
  }, serversMs);
  afterEach(async () => {
    await office?.close();
    office = undefined;
  }, faultMs);
  afterAll(() => servers?.stop(), serversMs);

  const fault = (name: string, options: Options, attack: (office: Office, random: Random) => Promise<void>) =>
    test(
      name,
      async () => {
        if (!servers) throw new Error('there are no servers');
        try {
          office = await Office.open({ servers, ...options });
          await attack(office, random);
          await office.verify();
        } catch (error) {
          if (error instanceof Error) error.message += `\n(FAULT_SEED=${random.seed})`;
          throw error;
        }
      },
      faultMs,
    );
  const each: FaultTest['each'] = (variants) => (name, options, attack) => {
    for (const variant of variants)
      fault(name.replace('%s', variant), options(variant), (one, chance) => attack(one, chance, variant));
  };
  return Object.assign(fault, { each });
}
