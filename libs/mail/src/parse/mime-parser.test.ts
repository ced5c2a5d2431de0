import PostalMime from 'postal-mime';
import { readCorpus } from '../testing/corpus';
import { parseMime } from './mime-parser';

test('what is parsed is the same as what postal-mime makes of a mail by itself', async () => {
  const options = { forceRfc822Attachments: true };
  for (const { group, id, raw } of readCorpus().filter((_, n) => n % 25 === 0)) {
    const [ours, own] = [await parseMime(raw, options), await PostalMime.parse(raw, options)];
    expect({ group, id, email: ours }).toEqual({ group, id, email: own });
  }
}, 60_000);

test.each([
  '',
  'Subject: s',
  'Subject: s\n\n',
  'Subject: s\n\none',
  'Subject: s\r\n\r\none\r\n\r\ntwo',
  '\n\nno header\n',
])('%j is the same, too', async (text) => {
  expect(await parseMime(Buffer.from(text), {})).toEqual(await PostalMime.parse(text));
});

test('a body is put together without a Blob', async () => {
  const made: unknown[] = [];
  const Original = globalThis.Blob;
  globalThis.Blob = class extends Original {
    constructor(...parts: ConstructorParameters<typeof Original>) {
      super(...parts);
      made.push(parts);
    }
  };
  try {
    const { text } = await parseMime(Buffer.from('Subject: s\n\none\ntwo\n'), {});
    expect(text).toBe('one\ntwo\n');
    expect(made).toEqual([]);
  } finally {
    globalThis.Blob = Original;
  }
});
