// Bundles one app: our own workspace packages are inlined, npm packages stay external so that OpenTelemetry can patch them.
// Each task becomes a file of its own beside the app's main one, where the task registry finds it.
//   node tools/esbuild.mjs ENTRY OUTFILE
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { build } from 'esbuild';

const [entry, outfile] = process.argv.slice(2);
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

rmSync(dirname(outfile), { recursive: true, force: true });
await build({
  entryPoints: { [basename(outfile, '.js')]: entry, ...Object.fromEntries(taskEntries) },
  outdir: dirname(outfile),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  logLevel: 'warning',
  plugins: [externalNpmPackages],
});
