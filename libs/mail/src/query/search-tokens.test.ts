import { parseMail } from '../parse/parse-mail';
import { searchTokens } from './search-tokens';

test('a mail is found by its sender, subject and text', async () => {
  const mail = await parseMail(
    Buffer.from('From: =?utf-8?B?0IbQstCw0L0=?= <ivan.petrenko@example.com>\nSubject: Café\n\nП’ять листів!\n'),
  );
  expect(searchTokens(mail)).toBe('іван ivan petrenko example com cafe пять листів');
});

test('a long mail is cut between two words', async () => {
  const mail = await parseMail(Buffer.from(`Subject: x\n\n${'слово '.repeat(40_000)}`));
  const tokens = searchTokens(mail);
  expect(tokens.length).toBeLessThanOrEqual(65_536);
  expect(tokens).toMatch(/^x(?: слово)+$/);
});
