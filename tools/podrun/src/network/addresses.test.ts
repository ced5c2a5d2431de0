import { Addresses } from './addresses';

it('gives each address once', () => {
  const addresses = new Addresses(90);
  const given = Array.from({ length: 300 }, () => addresses.next());
  expect(given[0]).toBe('127.90.0.1');
  expect(given[299]).toBe('127.90.1.44');
  expect(new Set(given).size).toBe(300);
});
