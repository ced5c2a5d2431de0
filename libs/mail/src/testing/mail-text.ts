// Raw mails for tests, written as a header and a body.

/** A raw mail. A field given as '' is left out; the others replace those of an ordinary mail to the owner. */
export function mailText(fields: Readonly<Record<string, string>>, body: string): Uint8Array {
  const all: Record<string, string> = {
    From: 'Ivan Petrenko <ivan@example.com>',
    To: 'Owner <owner@example.net>',
    Subject: 'Hello',
    Date: 'Thu, 22 Aug 2024 18:26:25 +0300',
    'Message-ID': '<1@example.com>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...fields,
  };
  const header = Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`);
  return Buffer.from(`${header.join('')}\n${body}\n`);
}
