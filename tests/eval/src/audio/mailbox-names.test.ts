import { mailboxNames } from './mailbox-names';

test('the names that are asked for, among many others, without addresses and what only the owner calls somebody', () => {
  const names = mailboxNames([
    { said: '', query: { from: ['Olena Pchilka', 'landlord', 'support@example.com', 'booking.com'], to: ['petro'] } },
    { said: '', query: { from: ['petro', 'Mom'], text: ['flat'] } },
  ]);
  expect(names.slice(0, 2)).toEqual(['Olena Pchilka', 'petro']);
  expect(names.length).toBeGreaterThan(100);
  expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(landlord|mom|flat|.*[@.].*|)$/i)]));
});
