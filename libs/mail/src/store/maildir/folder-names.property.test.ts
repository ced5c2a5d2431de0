import fc from 'fast-check';
import { assertFolderName, directoryOfFolder, folderOfDirectory, utf8DirectoryOfFolder } from './folder-names';

const isFolderName = (folder: string): boolean => {
  try {
    assertFolderName(folder);
    return true;
  } catch {
    return false;
  }
};

const anyName = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.string({ unit: fc.constantFrom('a', '&', '-', ',', ' ', 'ї', '☕', '😀', '~') }), { maxLength: 4 })
    .map((parts) => parts.join('/')),
);

test('every folder name comes back from its directory, which stays inside the mailbox', () => {
  fc.assert(
    fc.property(anyName.filter(isFolderName), (folder) => {
      const directory = directoryOfFolder(folder);
      expect(folderOfDirectory(directory)).toBe(folder);
      expect(directory).toMatch(/^(?:\.[\x20-\x2d\x30-\x7e]+)*$/);
    }),
    { numRuns: 2_000 },
  );
});

test('a directory that is understood belongs to exactly the folder that would use it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyName,
        anyName.map((name) => `.${name}`),
      ),
      (directory) => {
        const folder = folderOfDirectory(directory);
        if (folder !== null) expect([directoryOfFolder(folder), utf8DirectoryOfFolder(folder)]).toContain(directory);
      },
    ),
    { numRuns: 2_000 },
  );
});
