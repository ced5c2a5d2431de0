// Bundles one app: our own workspace packages are inlined, npm packages stay external so that OpenTelemetry can patch them.
// Each task becomes a file of its own beside the app's main one, where the task registry finds it.
// The bundle lies in the app's own folder, so that its npm packages are the versions that the app itself asks for.
//   node tools/esbuild.mjs APP        apps/worker/src/main.ts -> apps/worker/dist/main.js
import { readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'esbuild';

const [app] = process.argv.slice(2);
const outdir = `${app}/dist`;
const tasks = 'libs/tasks/src/tasks';

const externalNpmPackages = {
  name: 'external-npm-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@sorting-office/') ? undefined : { path, external: true },
    );
  },
};

const taskEntries = readdirSync(tasks)
  .filter((file) => file.endsWith('.task.ts'))
  .map((file) => [`tasks/${basename(file, '.ts')}`, `${tasks}/${file}`]);

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: { main: `${app}/src/main.ts`, ...Object.fromEntries(taskEntries) },
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [externalNpmPackages],
});
