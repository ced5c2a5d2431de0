/** What runs is what was tested: a bundle finds its npm packages in the versions that our packages inside it have. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WorkspaceCopy } from './testing/workspace-copy';

jest.setTimeout(60_000);

let copy: WorkspaceCopy;
beforeAll(() => {
  copy = new WorkspaceCopy();
});
afterAll(() => copy.remove());

const bundle = () => copy.run('tsx', ['tools/esbuild.mjs', 'apps/api']);
const main = () => join(copy.root, 'apps/api/dist/main.js');

test('there is no bundle that would run a package in another version', async () => {
  expect(await bundle()).toMatchObject({ code: 0 });
  expect(existsSync(main())).toBe(true);
  // As if the app did not ask for what it takes from a library.
  rmSync(join(copy.root, 'apps/api/node_modules'));
  const { code, stderr } = await bundle();
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /libs\/tasks\/src\/tasks\/apply-actions\.task\.ts has p-limit 7\S+, and apps\/api would run it with 3/,
  );
  expect(stderr).toContain('Add it to the dependencies in apps/api/package.json.');
  expect(existsSync(main())).toBe(false);
});
