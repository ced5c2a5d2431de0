// Lists a Maildir: names only, no mail is opened. All folders are read, because only then is it known whether a name is
// unique; reported are the mails of those that changed since the cursor.
import { MailError } from '../../errors';
import { storeCursorSchema, type MailRef, type MaildirCursor, type Scan, type StoreCursor } from '../mail-store';
import type { Confine } from './confinement';
import { sizeInName, type MailFile } from './file-names';
import { assignKeys, type KeyedMail } from './keys';
import { errnoOf, listFolder, listFolders, type FolderListing } from './listing';

/** How `MailStore.scan` works for a Maildir. */
export async function scanMaildir(root: string, cursor: StoreCursor | null, confine: Confine): Promise<Scan> {
  const before = checkedCursor(cursor);
  const { folders, skipped } = await listFolders(root, confine);
  const listings: FolderListing[] = [];
  for (const folder of folders) {
    try {
      listings.push(await listFolder(folder));
    } catch (error) {
      const code = errnoOf(error);
      if (folder.directory === root || code === undefined) throw error;
      skipped.push({ path: folder.folder, reason: `its mails cannot be listed (${code})` });
    }
  }
  const changed = new Set(listings.filter((listing) => hasChanged(listing, before)).map(({ folder }) => folder));
  const { mails, shared } = await assignKeys(
    listings.flatMap(({ files }) => files),
    new Map(before?.shared.map(({ name, inode }) => [name, inode])),
  );
  const present = new Set(folders.map(({ folder }) => folder));
  const vanished = (before?.folders ?? []).map(({ folder }) => folder).filter((folder) => !present.has(folder));
  return {
    mails: mails.filter(({ places }) => places.some(({ folder }) => changed.has(folder))).map(toRef),
    folders: [...changed, ...vanished],
    skipped: [...skipped, ...listings.flatMap((listing) => (changed.has(listing.folder) ? listing.skipped : []))],
    cursor: {
      store: 'maildir',
      folders: listings.map(({ folder, stamps }) => ({ folder, ...stamps })),
      shared: [...shared].map(([name, inode]) => ({ name, inode })),
    },
  };
}

/** The reference to a file as it was just seen. */
export function refTo(key: string, { folder, name, unique, flags }: MailFile): MailRef {
  const size = sizeInName(unique);
  return { key, folder, name, flags, ...(size !== undefined && { size }) };
}

const toRef = ({ key, places }: KeyedMail): MailRef => refTo(key, places[0]);

const hasChanged = ({ folder, stamps }: FolderListing, cursor: MaildirCursor | null): boolean => {
  const before = cursor?.folders.find((state) => state.folder === folder);
  return (
    !before || stamps.new === null || stamps.cur === null || before.new !== stamps.new || before.cur !== stamps.cur
  );
};

function checkedCursor(cursor: StoreCursor | null): MaildirCursor | null {
  if (cursor === null) return null;
  const checked = storeCursorSchema.safeParse(cursor);
  if (checked.success) return checked.data;
  throw new MailError('CURSOR_INVALID', 'This cursor was not made by a Maildir: scan from the beginning (null).', {
    cause: checked.error,
  });
}
