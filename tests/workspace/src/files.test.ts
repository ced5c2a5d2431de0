/** What holds for every file of the workspace. */
import { WorkspaceCopy } from './testing/workspace-copy';

const longest = 320;

let copy: WorkspaceCopy;
beforeAll(() => {
  copy = new WorkspaceCopy();
});
afterAll(() => copy.remove());

test(`no file has more than ${longest} lines of code`, () => {
  const sources = copy.files().filter((file) => /\.([cm]?[jt]s|tsx)$/.test(file));
  expect(sources).toContain('libs/tasks/src/registry.ts');
  expect(sources.filter((file) => linesOfCode(copy.read(file)) > longest)).toEqual([]);
});

test('packages are locked by version and integrity, whatever registry they come from', () => {
  const lock = JSON.parse(copy.read('package-lock.json')) as {
    packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }>;
  };
  const installed = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  expect(installed).not.toEqual([]);
  expect(installed.filter(([, { version, integrity }]) => !version || !integrity)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('every error of a library or of the worker has a code, and says whether trying again can help', () => {
  const classes = copy
    .files()
    .filter((file) => /^(libs|apps\/worker)\/.*\.ts$/.test(file) && !file.includes('.test.'))
    .flatMap((file) =>
      copy
        .read(file)
        .split(/^(?=export class \w+ extends Error)/m)
        .slice(1),
    )
    .map((source) => source.slice(0, source.search(/^}/m)));
  expect(classes.length).toBeGreaterThan(8);
  expect(classes.filter((source) => !/\bcode\b/.test(source) || !/\bretryable\b/.test(source))).toEqual([]);
});

/** Lines that hold more than blanks or a comment. */
const linesOfCode = (source: string) => source.split('\n').filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line)).length;
