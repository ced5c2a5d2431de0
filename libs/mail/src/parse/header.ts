// Reads the header fields of a mail: a bounded map of all of them, and the addresses and identifiers in some.
import { addressParser, decodeWords, type Email } from 'postal-mime';
import type { MailAddress } from './parsed-mail';
import { cleanLine } from './text';

const MAX_FIELDS = 300;
const MAX_VALUES = 30;
const MAX_VALUE = 1_000;
const MAX_ADDRESSES = 1_000;
const MAX_ADDRESS_FIELD = 200_000;
/** RFC 5321: 64 characters before the @, 255 behind it. */
const MAX_ADDRESS = 320;
const MAX_NAME = 200;
const MAX_IDENTIFIER = 500;
const MAX_REFERENCES = 100;

const FIELD_NAME = /^[a-z][a-z0-9-]{0,76}$/;
const IDENTIFIER = /<\s*([^<>\s]{1,500})\s*>/g;
const ENCODED_WORD = '=?';

/** All header fields that have a proper name, at most 300 names with at most 30 values of 1,000 characters. */
export function headerFields(email: Email): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const { key, value } of email.headers) {
    if (!FIELD_NAME.test(key)) continue;
    const values = fields.get(key);
    if (values && values.length < MAX_VALUES) values.push(cleanLine(value, MAX_VALUE));
    else if (!values && fields.size < MAX_FIELDS) fields.set(key, [cleanLine(value, MAX_VALUE)]);
  }
  return Object.fromEntries(fields);
}

/** The value of an unstructured field (Subject), with its encoded words decoded. */
export function decodedField(email: Email, name: string, limit: number): string {
  const value = email.headers.find(({ key }) => key === name)?.value.slice(0, limit * 20) ?? '';
  return cleanLine(value.includes(ENCODED_WORD) ? decodeWords(value) : value, limit);
}

/** All addresses of a field that may occur several times; a group counts as its members. */
export function addressesOf(email: Email, name: string): MailAddress[] {
  const addresses: MailAddress[] = [];
  for (const { key, value } of email.headers) {
    if (key !== name || addresses.length >= MAX_ADDRESSES) continue;
    for (const mailbox of addressParser(value.slice(0, MAX_ADDRESS_FIELD), { flatten: true })) {
      if (addresses.length >= MAX_ADDRESSES) break;
      const { address = '', name: display } = mailbox;
      if (address !== '' || display !== '') {
        addresses.push({ name: cleanLine(display, MAX_NAME), address: cleanLine(address, MAX_ADDRESS).toLowerCase() });
      }
    }
  }
  return addresses;
}

/** The identifiers in a field such as References, without angle brackets; the newest are kept. */
export function identifiersOf(email: Email, name: string): string[] {
  const value = email.headers.find(({ key }) => key === name)?.value.slice(-MAX_REFERENCES * MAX_IDENTIFIER) ?? '';
  const bracketed = Array.from(value.matchAll(IDENTIFIER), ([, identifier]) =>
    cleanLine(identifier ?? '', MAX_IDENTIFIER),
  );
  return bracketed.filter((identifier) => identifier !== '').slice(-MAX_REFERENCES);
}

/** The one identifier of a field such as Message-ID; some senders leave out the angle brackets. */
export function identifierOf(email: Email, name: string): string | null {
  const [first] = identifiersOf(email, name);
  if (first !== undefined) return first;
  const value = decodedField(email, name, MAX_IDENTIFIER).replace(/[<>]/g, '').trim();
  return value === '' || value.includes(' ') ? null : value;
}
