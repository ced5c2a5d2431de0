// Bundles one app: our own workspace packages are inlined, npm packages stay external so that OpenTelemetry can patch them.
// Each task becomes a file of its own beside the app's main one, where the task registry finds it.
// An app that is several programs has them in src/programs, each of which becomes a file.
// The bundle lies in the app's own folder, so that its npm packages are the versions that the app itself asks for; where these are
// not the ones that our packages inside it have been tested with, there is no bundle.
//   node tools/esbuild.mjs APP        apps/worker/src/main.ts -> apps/worker/dist/main.js
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
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

const programs = `${app}/src/programs`;
const programEntries = existsSync(programs)
  ? readdirSync(programs).map((file) => [basename(file, '.ts'), `${programs}/${file}`])
  : [['main', `${app}/src/main.ts`]];

rmSync(outdir, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: Object.fromEntries([...programEntries, ...taskEntries]),
  outdir,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'linked',
  // Node reads maps at once and keeps them: with the sources in them they held 8 MB of a worker's memory.
  sourcesContent: false,
  logLevel: 'warning',
  metafile: true,
  plugins: [externalNpmPackages],
});

/** The version of a package that Node finds from a folder; undefined for Node's own modules and for what is not installed. */
function versionFrom(folder, name) {
  const manifest = join(folder, 'node_modules', name, 'package.json');
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')).version;
  return dirname(folder) === folder ? undefined : versionFrom(dirname(folder), name);
}

const imported = Object.values(metafile.outputs).flatMap(({ imports, inputs }) =>
  imports
    .filter(({ external }) => external)
    .flatMap(({ path }) =>
      Object.keys(inputs)
        .filter((input) => metafile.inputs[input].imports.some((one) => one.external && one.path === path))
        .map((input) => ({ name: /^(@[^/]+\/)?[^/]+/.exec(path)[0], input })),
    ),
);
const differing = imported.flatMap(({ name, input }) => {
  const [tested, found] = [dirname(input), outdir].map((folder) => versionFrom(resolve(folder), name));
  return tested === found ? [] : [`${input} has ${name} ${tested}, and ${app} would run it with ${found}`];
});
if (differing.length > 0) {
  rmSync(outdir, { recursive: true });
  throw new Error(`${differing.join('\n')}\nAdd it to the dependencies in ${app}/package.json.`);
}
