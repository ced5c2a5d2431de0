import { parseMail } from './parse-mail';
import { headerOf } from './parsed-mail';

const parse = (text: string) => parseMail(Buffer.from(text));
const multipart = (...parts: string[]): string =>
  `From: a@example.com\nContent-Type: multipart/mixed; boundary="b"\n\n${parts.map((part) => `--b\n${part}\n`).join('')}--b--\n`;

describe('a mail', () => {
  test('is read in full', async () => {
    const mail = await parse(
      [
        'From sender@example.com Thu Aug 22 12:36:23 2002',
        'Message-ID: <m1@example.com>',
        'In-Reply-To: Your message of Monday <m0@example.com>',
        'References: <m-1@example.com> <m0@example.com>',
        'From: =?UTF-8?Q?=D0=86=D0=B2=D0=B0=D0=BD?= <Ivan@Example.com>',
        'To: "Petrenko, Maria" <maria@example.com>, Team: a@example.com, b@example.com;',
        'Cc: c@example.com',
        'Reply-To: answers@example.com',
        'Subject: =?UTF-8?B?0J/RgNC40LLRltGC?=, world',
        'Date: Thu, 22 Aug 2002 18:26:25 +0100',
        'List-Id: <list.example.com>',
        '',
        'Hello',
        '> quoted',
        'there.',
      ].join('\r\n'),
    );
    expect(mail).toEqual({
      messageId: 'm1@example.com',
      inReplyTo: 'm0@example.com',
      references: ['m-1@example.com', 'm0@example.com'],
      from: { name: 'Іван', address: 'ivan@example.com' },
      to: [
        { name: 'Petrenko, Maria', address: 'maria@example.com' },
        { name: '', address: 'a@example.com' },
        { name: '', address: 'b@example.com' },
      ],
      cc: [{ name: '', address: 'c@example.com' }],
      replyTo: [{ name: '', address: 'answers@example.com' }],
      subject: 'Привіт, world',
      date: '2002-08-22T17:26:25.000Z',
      text: 'Hello\n> quoted\nthere.\n',
      textSource: 'plain',
      textTruncated: false,
      snippet: 'Hello there.',
      html: null,
      attachments: [],
      headers: expect.objectContaining({
        'list-id': ['<list.example.com>'],
        date: ['Thu, 22 Aug 2002 18:26:25 +0100'],
      }) as object,
      size: expect.any(Number) as number,
      problems: [],
    });
  });

  test('of HTML alone becomes text, and its links and pictures are noted', async () => {
    const mail = await parse(
      'From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n' +
        '<html><head><title>T</title><style>p {}</style></head><body><h1>Sale</h1><p>Buy <b>now</b> &amp; save<br>' +
        '<a href="http://click.example.net/x">www.bank.com/login</a> <a href="https://shop.example.com">the shop</a>' +
        '<img src="https://t.example.net/p.gif" width="1" height="1"><img src="cid:x" alt="logo"><form></form>' +
        '<script>alert(1)</script></body></html>',
    );
    expect(mail.text.split('\n').filter(Boolean)).toEqual([
      'Sale',
      'Buy now & save',
      'www.bank.com/login the shoplogo',
    ]);
    expect(mail.textSource).toBe('html');
    expect(mail.html).toMatchObject({
      links: 2,
      linkHosts: ['click.example.net', 'shop.example.com'],
      deceptiveLinks: [{ text: 'www.bank.com/login', host: 'click.example.net' }],
      images: 2,
      remoteImages: 1,
      trackingPixels: 1,
      forms: 1,
    });
  });

  test('prefers plain text to HTML, unless it only says that there is HTML', async () => {
    const html = 'Content-Type: text/html\n\n<p>the words</p>';
    const plain = await parse(multipart('Content-Type: text/plain\n\nplain words', html));
    expect(plain).toMatchObject({ textSource: 'plain', html: { links: 0 } });
    const alternative = `From: a@example.com\nContent-Type: multipart/alternative; boundary="b"\n\n--b\n\nYour reader cannot show HTML.\n--b\n${html}\n--b--\n`;
    expect(await parse(alternative)).toMatchObject({ textSource: 'html', text: 'the words' });
  });

  test('has its attachments, and the words of mails forwarded in it', async () => {
    const mail = await parse(
      multipart(
        'Content-Type: text/plain\n\nsee below',
        'Content-Type: application/pdf; name="=?utf-8?B?0YfQtdC6LnBkZg==?="\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nAAAA',
        'Content-Type: message/rfc822\n\nSubject: inner\n\ninner words',
      ),
    );
    expect(mail.attachments).toMatchObject([
      { filename: 'чек.pdf', mimeType: 'application/pdf', size: 3 },
      { filename: null, mimeType: 'message/rfc822' },
    ]);
    expect(mail.text).toContain('see below');
    expect(mail.text).toContain('inner words');
  });

  test('in an old character set', async () => {
    const text = Buffer.concat([
      Buffer.from('From: a@example.com\nContent-Type: text/plain; charset=koi8-u\n\n'),
      Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xa6, 0xd4]),
    ]);
    expect(await parseMail(text)).toMatchObject({ text: 'Привіт\n', problems: [] });
  });
});

describe('what cannot be read is said, and the rest is read', () => {
  test.each<[what: string, raw: string, problem: RegExp]>([
    [
      'a date that is none',
      'From: a@b.c\nDate: Thu, 22 Aug 0102 12:07:35 +0800\n\nx',
      /date is not one: "Thu, 22 Aug 0102/,
    ],
    ['no header', 'just words\n\nand more', /no header/],
    [
      'parts that are not there',
      'From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\nwords',
      /could not be found/,
    ],
    ['an unknown character set', `From: a@b.c\n\n${'\ufffdabc'.repeat(100)}`, /damaged or in an unknown character set/],
  ])('%s', async (_, raw, problem) => {
    expect((await parse(raw)).problems).toEqual([expect.stringMatching(problem)]);
  });

  test('an empty mail', async () => {
    expect(await parse('')).toMatchObject({ from: null, subject: '', text: '', textSource: 'none', date: null });
  });

  test('a mail nested too deep still has its sender and its source', async () => {
    const nested = Array.from(
      { length: 500 },
      (_, depth) => `--b${depth}\nContent-Type: multipart/mixed; boundary=b${depth + 1}\n\n`,
    );
    const mail = await parse(
      `From: a@b.c\nSubject: deep\nContent-Type: multipart/mixed; boundary=b0\n\n${nested.join('')}bottom`,
    );
    expect(mail).toMatchObject({ from: { address: 'a@b.c' }, subject: 'deep', textSource: 'raw' });
    expect(mail.text).toContain('bottom');
    expect(mail.problems).toEqual([expect.stringMatching(/parts could not be told apart/)]);
  });

  test('a header without end is cut, and names that would be trouble are left out', async () => {
    const mail = await parse(
      `From: a@b.c\n__proto__: x\nconstructor: y\nX-Long: ${'x'.repeat(5_000)}\n${'X-Many: 1\n'.repeat(100_000)}\nx`,
    );
    expect(mail.from?.address).toBe('a@b.c');
    expect(headerOf(mail, 'x-long').length).toBeLessThanOrEqual(1_000);
    expect(mail.headers['x-many']?.length ?? 0).toBeLessThanOrEqual(30);
    expect(headerOf(mail, 'constructor')).toBe('y');
    expect(headerOf(mail, 'toString')).toBe('');
    expect(Object.keys(mail.headers)).not.toContain('__proto__');
  });
});

describe('mails made to break their reader are read within bounds', () => {
  const head = 'From: a@b.c\nSubject: s\nMIME-Version: 1.0\n';
  const MiB = 1024 * 1024;
  const base64Feeds = Buffer.alloc(57, '\n').toString('base64');
  test.each<[string, string, string, number]>([
    ['nothing but line feeds', '\n', '\n', 64 * MiB],
    [
      'flowed text of nothing but line feeds',
      'Content-Type: text/plain; format=flowed\nContent-Transfer-Encoding: base64\n\n',
      `${base64Feeds}\n`,
      32 * MiB,
    ],
    [
      'a forwarded mail of nothing but line feeds',
      'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n',
      `${base64Feeds}\n`,
      32 * MiB,
    ],
    ['nothing but boundaries', 'Content-Type: multipart/mixed; boundary=x\n\n', '--x\n\n', 32 * MiB],
    ['nothing but header', '', 'X: y\n', 8 * MiB],
    ['open elements', 'Content-Type: text/html\n\n', '<div>', 8 * MiB],
    [
      'open elements of another kind',
      'Content-Type: text/html\n\n',
      '<table><tr><td><ol type="I" start="3999999999"><li>',
      8 * MiB,
    ],
    ['brackets', 'Content-Type: text/html\n\n', '<', 8 * MiB],
    ['encoded words', 'Subject: ', '=?a?Q?=20?= ', 400_000],
    ['addresses', 'To: ', '"a" (:<b@c>, ', 400_000],
    ['parameters', 'Content-Type: text/plain; ', 'a*0*=x;', 400_000],
    ['not even ASCII', '', '\u00ff', 8 * MiB],
  ])('%s', async (_, header, filling, bytes) => {
    const mail = await parseMail(Buffer.concat([Buffer.from(head + header), Buffer.alloc(bytes, filling)]));
    expect(mail.text.length).toBeLessThanOrEqual(256 * 1024);
    expect(mail.from?.address).toBe('a@b.c');
  });

  test('the size of a large attachment is known without decoding it', async () => {
    const film = Buffer.alloc(3 * MiB)
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    const mail = await parse(
      multipart(
        'Content-Type: text/plain\n\nwords',
        `Content-Type: video/mp4; name=film.mp4\nContent-Transfer-Encoding: base64\n\n${film}`,
      ),
    );
    expect(mail).toMatchObject({ text: 'words\n', textTruncated: false, problems: [] });
    expect(mail.attachments[0]?.filename).toBe('film.mp4');
    expect(Math.abs((mail.attachments[0]?.size ?? 0) - 3 * MiB)).toBeLessThan(200);
  });

  test('a text that is too long is cut, which is said', async () => {
    const mail = await parse(`From: a@b.c\n\n${'слово '.repeat(100_000)}`);
    expect(mail.textTruncated).toBe(true);
    expect(mail.text.length).toBeLessThanOrEqual(256 * 1024);
  });
});
