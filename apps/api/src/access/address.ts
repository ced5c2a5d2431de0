import { isIP } from 'node:net';
import type { Request } from 'express';

/** What is noted where the proxies that are believed pass on something that is no address. */
export const unknownAddress = 'unknown';

/** The IP address that a request is from, as far as the proxies in front are believed: at most 45 characters, without a zone. */
export function addressOf({ ip = '' }: Pick<Request, 'ip'>): string {
  // Express takes from X-Forwarded-For whatever it says.
  const address = ip.split('%')[0] ?? '';
  return isIP(address) === 0 ? unknownAddress : address;
}
