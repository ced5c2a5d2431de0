import { assertFolderName, directoryOfFolder, folderOfDirectory } from './folder-names';

describe('folder names', () => {
  test.each([
    ['INBOX', ''],
    ['Lists/Linux', '.Lists.Linux'],
    ['R&D', '.R&-D'],
    ['Розсилки', '.&BCAEPgQ3BEEEOAQ7BDoEOA-'],
    ['Чеки 2026/Кава ☕', '.&BCcENQQ6BDg- 2026.&BBoEMAQyBDA- &JhU-'],
    // The example of RFC 3501, section 5.1.3, with the slash it has there.
    ['~peter/mail/台北/日本語', '.~peter.mail.&U,BTFw-.&ZeVnLIqe-'],
    ['😀', '.&2D3eAA-'],
  ])('%s is kept in "%s"', (folder, directory) => {
    expect(directoryOfFolder(folder)).toBe(directory);
    expect(folderOfDirectory(directory)).toBe(folder);
    expect(() => {
      assertFolderName(folder);
    }).not.toThrow();
  });

  test('a directory that Dovecot wrote in UTF-8 is understood too', () => {
    expect(folderOfDirectory('.Розсилки.R&D')).toBe('Розсилки/R&D');
  });

  test.each(['.&BCAEPg', '.&BCAEPg-&BDc-', '.&AEE-', '..', '...', '.A..B', '.INBOX', '.inbox', 'A', '.a\u0007'])(
    'the directory "%s" is no folder',
    (directory) => {
      expect(folderOfDirectory(directory)).toBeNull();
    },
  );

  test.each([
    '',
    '..',
    '../x',
    'a/../b',
    '/a',
    'a/',
    'a//b',
    'a.b',
    'a\0b',
    'a\nb',
    'Inbox',
    '\ud800',
    'x'.repeat(255),
    'ї'.repeat(100),
  ])('%j is refused', (folder) => {
    expect(() => {
      assertFolderName(folder);
    }).toThrow(expect.objectContaining({ code: 'FOLDER_NAME_INVALID' }) as Error);
  });
});
