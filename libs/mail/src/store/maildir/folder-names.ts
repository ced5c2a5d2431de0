// A folder's name (Lists/Linux) and the name of its directory (.Lists.Linux): Maildir++ with modified UTF-7 as in IMAP,
// the way Dovecot and Courier write it. https://en.wikipedia.org/wiki/Maildir#Maildir++, RFC 3501 section 5.1.3
import { MailError } from '../../errors';
import { INBOX } from '../mail-store';

/** File systems take at most 255 bytes for one name. */
const MAX_NAME_BYTES = 255;
const PLAIN = /^[\x20-\x25\x27-\x7e]$/;
const CONTROL = /\p{Cc}/u;

const encodeShifted = (text: string): string =>
  `&${Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;

const decodeShifted = (base64: string): string =>
  base64 === '' ? '&' : new TextDecoder('utf-16be').decode(Buffer.from(base64.replaceAll(',', '/'), 'base64'));

const encodeSegment = (segment: string): string => {
  let encoded = '';
  let shifted = '';
  for (const unit of segment.split('')) {
    if (!PLAIN.test(unit) && unit !== '&') {
      shifted += unit;
      continue;
    }
    if (shifted) encoded += encodeShifted(shifted);
    shifted = '';
    encoded += unit === '&' ? '&-' : unit;
  }
  return shifted ? encoded + encodeShifted(shifted) : encoded;
};

const decodeSegment = (segment: string): string =>
  segment.replace(/&([A-Za-z0-9+,]*)-/g, (_, base64: string) => decodeShifted(base64));

const problemWith = (folder: string): string | null => {
  if (folder === INBOX) return null;
  if (folder.toUpperCase() === INBOX) return `write the inbox as ${INBOX}`;
  if (!folder.isWellFormed() || CONTROL.test(folder)) return 'it has control characters';
  if (folder.includes('.')) return 'a dot separates folders on disk and cannot be part of a name';
  if (folder.split('/').includes('')) return 'a part between slashes is empty';
  if (Buffer.byteLength(encodeFolder(folder)) > MAX_NAME_BYTES) return 'it is too long';
  return null;
};

const encodeFolder = (folder: string): string => `.${folder.split('/').map(encodeSegment).join('.')}`;

/**
 * Checks a folder name that came from outside.
 * @throws MailError FOLDER_NAME_INVALID
 */
export function assertFolderName(folder: string): void {
  const problem = problemWith(folder);
  if (problem) throw new MailError('FOLDER_NAME_INVALID', `${JSON.stringify(folder)} cannot be a folder: ${problem}.`);
}

/** The directory of a folder, relative to the mailbox: '' for the inbox, '.Lists.Linux' for 'Lists/Linux'. */
export function directoryOfFolder(folder: string): string {
  return folder === INBOX ? '' : encodeFolder(folder);
}

/** The other directory a folder may already have: Dovecot can be told to write names in UTF-8 instead of UTF-7. */
export function utf8DirectoryOfFolder(folder: string): string {
  return folder === INBOX ? '' : `.${folder.replaceAll('/', '.')}`;
}

/** The folder that a directory holds, or null when no folder can have this directory. */
export function folderOfDirectory(directory: string): string | null {
  if (directory === '') return INBOX;
  if (!directory.startsWith('.')) return null;
  const segments = directory.slice(1).split('.');
  const isUtf8 = /[^\x20-\x7e]/.test(directory);
  const folder = (isUtf8 ? segments : segments.map(decodeSegment)).join('/');
  const directoryThen = isUtf8 ? utf8DirectoryOfFolder(folder) : directoryOfFolder(folder);
  return folder !== INBOX && directoryThen === directory && problemWith(folder) === null ? folder : null;
}
