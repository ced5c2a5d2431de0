// A Maildir as a MailStore: one file for each mail, folders as Maildir++ (see folder-names.ts), safe to use while a
// mail server delivers into it and while its owner reads it.
import { resolve } from 'node:path';
import { MailError } from '../../errors';
import {
  mailRefSchema,
  type MailRef,
  type MailStore,
  type MoveResult,
  type Scan,
  type StoreCursor,
} from '../mail-store';
import { assertMailboxWithin, type Confine, confineTo, unconfined } from './confinement';
import { DirectorySync } from './directory-sync';
import { parseFileName, type MailFile } from './file-names';
import { assertFolderName } from './folder-names';
import { FolderCache } from './folder-cache';
import { parseKey } from './keys';
import { assertMaildir, mailboxError } from './listing';
import { moveMail } from './move';
import { nodeFileSystem, type FileSystem } from './placing';
import { readMail } from './read';
import { scanMaildir } from './scan';

export interface MaildirOptions extends Partial<FileSystem> {
  /** The folder that the mailbox must be in, with all of its own folders; null for anywhere. */
  within?: string | null;
}

/**
 * Opens the Maildir at `root` (the directory that holds `new/` and `cur/`).
 * @throws MailError MAILBOX_NOT_FOUND, MAILBOX_FORBIDDEN, MAILBOX_OUTSIDE_ROOT, NOT_A_MAILDIR
 */
export async function openMaildir(
  root: string,
  { within = null, ...replaced }: MaildirOptions = {},
): Promise<MailStore> {
  const files = { ...nodeFileSystem, ...replaced };
  const path = resolve(root);
  const real = await assertMailboxWithin(path, within);
  await assertMaildir(path);
  // From here on it is used where it was found, so that nothing put in its place later is.
  if (within === null || real === null) return new Maildir(path, files, unconfined);
  return new Maildir(real, files, confineTo(real));
}

class Maildir implements MailStore {
  readonly #folders: FolderCache;
  readonly #durable = new DirectorySync();

  constructor(
    readonly root: string,
    readonly files: FileSystem,
    readonly confine: Confine,
  ) {
    this.#folders = new FolderCache(root, confine);
  }

  async scan(cursor: StoreCursor | null): Promise<Scan> {
    await assertMaildir(this.root);
    try {
      return await scanMaildir(this.root, cursor, this.confine);
    } catch (error) {
      throw mailboxError(this.root, error);
    }
  }

  async read(ref: MailRef): Promise<Uint8Array> {
    return readMail(this.#folders, ref, await this.#asSeen(ref));
  }

  async move(ref: MailRef, toFolder: string): Promise<MoveResult> {
    assertFolderName(toFolder);
    const mover = { folders: this.#folders, durable: this.#durable, files: this.files };
    return moveMail(mover, ref, await this.#asSeen(ref), toFolder);
  }

  async #asSeen(ref: MailRef): Promise<MailFile> {
    const checked = mailRefSchema.safeParse(ref);
    const { unique, flags } = parseFileName(MAIL_FILE_NAME.exec(ref.name)?.[1] ?? '');
    if (!checked.success || unique === '' || unique !== parseKey(ref.key).unique) {
      throw new MailError('MAIL_REF_INVALID', 'This is not a reference to a mail of a Maildir.', {
        cause: checked.error,
      });
    }
    assertFolderName(ref.folder);
    const { directory } = await this.#folders.locate(ref.folder);
    return { folder: ref.folder, directory, name: ref.name, unique, flags };
  }
}

/** `new/` or `cur/` and one name that is neither hidden nor leads elsewhere. */
const MAIL_FILE_NAME = /^(?:new|cur)\/([^./\0][^/\0]*)$/;
