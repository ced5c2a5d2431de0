// What a mail's file name says: `1466526.M12P9.host,S=2048:2,FS` is a unique name, a size and flags. A file that a move
// is about to let go of is called `unique:1,FS-0a1b2c3d` (see move.ts): the Maildir specification leaves `:1,` to
// experiments, and every reader shows such a file as a mail with the same unique name.

/** A file of `new/` or `cur/` that holds a mail. */
export interface MailFile {
  readonly folder: string;
  /** Absolute path of the folder's directory. */
  readonly directory: string;
  /** `new/…` or `cur/…`, relative to the folder's directory. */
  readonly name: string;
  readonly unique: string;
  readonly flags: string;
}

const INFO = /:(?:2,([^/]*)|1,([A-Za-z]*)-[0-9a-f]{8})$/;
const SIZE = /,S=(\d{1,15})(?=,|$)/;

/** Splits a file name into its unique name and its flags (letters in order, each once). */
export function parseFileName(file: string): { unique: string; flags: string } {
  const info = INFO.exec(file);
  if (!info) return { unique: file, flags: '' };
  const letters = (info[1] ?? info[2] ?? '').replace(/[^A-Za-z]/g, '');
  return { unique: file.slice(0, info.index), flags: [...new Set(letters)].sort().join('') };
}

/** Bytes of the mail, where the server wrote them into the name (Maildir++). */
export function sizeInName(unique: string): number | undefined {
  const size = SIZE.exec(unique)?.[1];
  return size === undefined ? undefined : Number(size);
}

/** Whether a file has a name that it may keep, and not one that a move is about to take away. */
export const isOrdinary = ({ name }: Pick<MailFile, 'name'>): boolean => INFO.exec(name)?.[2] === undefined;

/** The name this file has or had as an ordinary mail: what it is called in the folder it moves to. */
export function ordinaryName(file: MailFile): string {
  if (isOrdinary(file)) return file.name;
  return file.name.startsWith('new/') ? `new/${file.unique}` : `cur/${file.unique}:2,${file.flags}`;
}

/** The name under which a move lets go of this file. `token`: 8 hexadecimal digits, different for every attempt. */
export function releasedName(file: MailFile, token: string): string {
  return `${file.name.slice(0, 4)}${file.unique}:1,${file.flags}-${token}`;
}

/** Files by unique name; more than one with the same name is rare, see keys.ts. */
export function groupByUniqueName(files: Iterable<MailFile>): Map<string, MailFile[]> {
  const groups = new Map<string, MailFile[]>();
  for (const file of files) {
    const group = groups.get(file.unique);
    if (group) group.push(file);
    else groups.set(file.unique, [file]);
  }
  return groups;
}
