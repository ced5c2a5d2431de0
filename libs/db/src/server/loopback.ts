import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** The host of a server's address, an IPv6 one without its brackets. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');

/** Whether what is sent to a host cannot leave this machine: `localhost`, 127.0.0.0/8, ::1, and no host at all. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return ['', 'localhost'].includes(host.toLowerCase());
  return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6');
}
