import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const sources = ['apps/api/src', 'libs/db/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(root, folder, file), 'utf8') })),
);

test('it is in one place that secrets and digests are compared, by timingSafeEqual', () => {
  expect(sources.length).toBeGreaterThan(100);
  const comparing = sources.filter(({ text }) => text.includes('timingSafeEqual'));
  expect(comparing.map(({ file }) => file)).toEqual(['libs/db/src/access/secret.ts']);
  expect(comparing[0]?.text).toMatch(/function sameText[^]*return timingSafeEqual\(/);
});

test('nobody compares them otherwise', () => {
  const word = String.raw`[\w.?()[\]]*(?:hash|secret|digest|csrf)\w*(?:\([^)]*\))?`;
  const otherThanNothing = String.raw`\s*[!=]==(?!\s*(?:null|undefined)\b)`;
  const compared = new RegExp(`(?:${word}${otherThanNothing}|[!=]==\\s*${word}\\b)`, 'gi');
  const found = sources.flatMap(({ file, text }) => [...text.matchAll(compared)].map(([what]) => `${file}: ${what}`));
  expect(found).toEqual([]);
  expect('if (row.hash === hash)').toMatch(compared);
  expect('if (a !== csrfToken(b))').toMatch(compared);
});
