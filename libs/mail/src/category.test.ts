import { categories, categoryMeanings, defaultFolders } from './category';
import { assertFolderName } from './store/maildir/folder-names';

test('every category says what it means, in a sentence', () => {
  for (const category of categories) expect(categoryMeanings[category]).toMatch(/^\p{Lu}.*[^.]\.$/u);
});

test('what needs attention stays, everything else has a folder of its own that can be made', () => {
  const staying = categories.filter((category) => defaultFolders[category] === null);
  expect(staying).toEqual(['action_required', 'important', 'personal', 'review']);
  const folders = Object.values(defaultFolders).filter((folder) => folder !== null);
  folders.forEach(assertFolderName);
  expect(new Set(folders).size).toBe(folders.length);
});
