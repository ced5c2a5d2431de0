// What the folders held when they were last listed, so that a hundred moves do not list a directory a hundred times. It
// may be out of date: whoever finds something missing asks for a fresh listing once.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Confine } from './confinement';
import { groupByUniqueName, type MailFile } from './file-names';
import { directoryOfFolder, utf8DirectoryOfFolder } from './folder-names';
import { isCurrent, listFolder, listFolders, orNull, type Folder, type FolderListing } from './listing';

interface Cached {
  readonly listing: FolderListing;
  readonly byName: Map<string, MailFile[]>;
}

export class FolderCache {
  readonly #cached = new Map<string, Promise<Cached | null>>();

  constructor(
    readonly root: string,
    readonly confine: Confine,
  ) {}

  /**
   * Where a folder is, or would be made.
   *
   * @throws MailError MAILBOX_OUTSIDE_ROOT
   */
  async locate(folder: string): Promise<Folder & { exists: boolean }> {
    for (const name of [directoryOfFolder(folder), utf8DirectoryOfFolder(folder)]) {
      const directory = join(this.root, name);
      await this.confine(directory);
      const found = await orNull(stat(directory), 'ENOENT');
      if (found?.isDirectory()) return { folder, directory, exists: true };
    }
    return { folder, directory: join(this.root, directoryOfFolder(folder)), exists: false };
  }

  /**
   * The files of a folder with this unique name. `fresh`: as they are at this moment, not as they were when last
   * listed.
   */
  async find(folder: string, unique: string, fresh = false): Promise<readonly MailFile[]> {
    let cached = await this.#list(folder);
    if (fresh && !(cached && (await this.#isCurrent(cached)))) {
      this.#cached.delete(folder);
      cached = await this.#list(folder);
    }
    return cached?.byName.get(unique) ?? [];
  }

  /** The files with this unique name in any folder, at this moment. */
  async findEverywhere(unique: string): Promise<readonly MailFile[]> {
    const { folders } = await listFolders(this.root, this.confine);
    const found: MailFile[] = [];
    for (const { folder } of folders) found.push(...(await this.find(folder, unique, true)));
    return found;
  }

  /** Forgets what is known of a folder, because it was made or has gone. */
  forget(folder: string): void {
    this.#cached.delete(folder);
  }

  /** Notes what a move has just done, as far as the folder has been listed. */
  async moved(from: MailFile, to: MailFile): Promise<void> {
    const [source, target] = [await this.#cached.get(from.folder), await this.#cached.get(to.folder)];
    source?.byName.set(from.unique, without(source.byName.get(from.unique), from.name));
    target?.byName.set(to.unique, [...without(target.byName.get(to.unique), to.name), to]);
  }

  #list(folder: string): Promise<Cached | null> {
    const known = this.#cached.get(folder);
    if (known) return known;
    const listed = this.#read(folder);
    this.#cached.set(folder, listed);
    // A failure is for those who asked now; the next one tries again.
    listed.catch(() => this.#cached.delete(folder));
    return listed;
  }

  async #read(folder: string): Promise<Cached | null> {
    const located = await this.locate(folder);
    const listing = located.exists ? await orNull(listFolder(located), 'ENOENT') : null;
    return listing && { listing, byName: groupByUniqueName(listing.files) };
  }

  async #isCurrent({ listing }: Cached): Promise<boolean> {
    return (await orNull(isCurrent(listing), 'ENOENT')) ?? false;
  }
}

const without = (files: readonly MailFile[] | undefined, name: string): MailFile[] =>
  (files ?? []).filter((file) => file.name !== name);
