import type { Servers } from '@sorting-office/stack';
import { Office, type OfficeOptions } from './office';
import { type Random, seededRandom } from './random';
import { ownServers } from './servers';

/** Most that a fault may take, in milliseconds, on a slow machine with others at work. */
const faultMs = 240_000;
const serversMs = 240_000;

type Fault = (office: Office, random: Random) => Promise<void>;

/**
 * Gives a file of faults servers of its own and a seed, which it prints and adds to each failure.
 *
 * @returns defines a fault: a test with an office of its own, which is verified unless the fault throws.
 */
export function faults(): (name: string, options: Omit<OfficeOptions, 'servers'>, fault: Fault) => void {
  const random = seededRandom();
  let servers: Servers | undefined;
  let office: Office | undefined;

  beforeAll(async () => {
    process.stderr.write(`FAULT_SEED=${random.seed}\n`);
    servers = await ownServers();
  }, serversMs);
  afterEach(async () => {
    await office?.close();
    office = undefined;
  }, faultMs);
  afterAll(() => servers?.stop(), serversMs);

  return (name, options, fault) =>
    test(
      name,
      async () => {
        if (!servers) throw new Error('there are no servers');
        try {
          office = await Office.open({ servers, ...options });
          await fault(office, random);
          await office.verify();
        } catch (error) {
          if (error instanceof Error) error.message += `\n(FAULT_SEED=${random.seed})`;
          throw error;
        }
      },
      faultMs,
    );
}
