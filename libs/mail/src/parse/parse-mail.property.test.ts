import fc from 'fast-check';
import { parseMail } from './parse-mail';
import type { ParsedMail } from './parsed-mail';

const MAX_TEXT = 256 * 1024;

const SEED = [
  'From: "A" <a@example.com>\r\nTo: b@example.com\r\nSubject: =?utf-8?B?0J/RgNC40LLRltGC?=\r\nDate: Thu, 22 Aug 2002 18:26:25 +0100\r\n',
  'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n',
  '--b2\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=D0=9F=D1=80 =\r\nx \r\n',
  '--b2\r\nContent-Type: text/html; charset=koi8-u\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+8NLJ16bUPC9iPjxpbWcgc3JjPXg+\r\n--b2--\r\n',
  "--b1\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner\r\n--b1\r\nContent-Type: application/pdf; name*0*=utf-8''%D1%87;\r\n",
  ' name*1=.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF\r\n--b1--\r\n',
].join('');

/** Every string anywhere in a value. */
function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* stringsIn(inner);
}

function expectStorable(mail: ParsedMail): void {
  expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
  expect(mail.text.length).toBeLessThanOrEqual(MAX_TEXT);
  for (const text of stringsIn(mail)) {
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toContain('\0');
  }
}

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 40 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc
      .constantFrom(
        '\r\n\r\n',
        '--b1\r\n',
        '--b2--',
        '=?utf-8?Q?=ED=A0=80?=',
        '\0',
        '"',
        '(',
        '<',
        '=0',
        'charset=x',
        '\r',
      )
      .map((text) => Buffer.from(text)),
  ),
});

const mutated = fc.array(mutation, { minLength: 1, maxLength: 6 }).map((mutations) =>
  mutations.reduce<Buffer>((raw, { at, remove, insert }) => {
    const position = Math.floor(at * raw.length);
    return Buffer.concat([raw.subarray(0, position), insert, raw.subarray(position + remove)]);
  }, Buffer.from(SEED)),
);

test('any bytes are read as something that can be stored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (raw) => {
      expectStorable(await parseMail(raw));
    }),
    { numRuns: 300 },
  );
});

test('a damaged mail is read as something that can be stored', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (raw) => {
      expectStorable(await parseMail(raw));
    }),
    { numRuns: 500 },
  );
});
