import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeMaildir, withOtherId } from './maildir';

test('a copy has another Message-ID, and is the same byte for byte otherwise', () => {
  const mail = Buffer.concat([
    Buffer.from('From: a@b\nMessage-Id: <1@b>\nSubject: '),
    Buffer.from([0xe9, 0xff]),
    Buffer.from('\n\nMessage-ID: <2@b> was lost\n'),
  ]);
  const copy = withOtherId(mail, 3);
  const expected = Buffer.concat([mail.subarray(0, 23), Buffer.from('copy3.'), mail.subarray(23)]);
  expect(copy.equals(expected)).toBe(true);
});

test('a mailbox has as many mails as were asked for, all of them new', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  await makeMaildir(join(folder, 'Maildir'), 50);
  expect(readdirSync(join(folder, 'Maildir', 'new'))).toHaveLength(50);
  expect(readdirSync(join(folder, 'Maildir', 'cur'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
