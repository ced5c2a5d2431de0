/** What documents name has to be there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './testing/workspace-copy';

/** Where a path of this workspace begins; others are of the web, of machines, or of examples. */
const beginnings = /^(?:apps|libs|tools|tests|bench|docs|k8s|\.ci)\/[^\s*{<…]+$|^[A-Z]+\.md$/;

/** Paths in code marks. */
const pathsIn = (document: string): string[] => {
  const text = readFileSync(join(workspaceRoot, document), 'utf8');
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code).filter((code) => beginnings.test(code));
};

const absent = (document: string) => pathsIn(document).filter((path) => !existsSync(join(workspaceRoot, path)));

test.each(['SECURITY.md', 'docs/rabbitmq.md', 'docs/guarantees.md', 'docs/architecture.md', 'docs/deploy.md'])(
  'every path that %s names is there',
  (document) => expect(absent(document)).toEqual([]),
);

test('every attack in SECURITY.md that something keeps out has a test that shows it', () => {
  const rows = readFileSync(join(workspaceRoot, 'SECURITY.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (they try|---)/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter((row) => !/`(?:apps|libs|tests|tools)\/[^`]+` \|$/.test(row))).toEqual([]);
  expect(pathsIn('SECURITY.md').length).toBeGreaterThan(rows.length);
});
