import { addressOf } from './address';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
  [`fe80::1%${'x'.repeat(100)}`, 'fe80::1'],
  ['10.0.0.1:5678', 'unknown'],
  ['x'.repeat(9000), 'unknown'],
  ['', 'unknown'],
  [undefined, 'unknown'],
])('%s is noted as %s', (ip, address) => {
  expect(addressOf(ip === undefined ? ({} as { ip: string }) : { ip })).toBe(address);
});
