// Makes the folder that an image holds: a built app with the npm packages that it needs, and nothing else.
//
//   node tools/esbuild.mjs apps/api && node tools/image/prune.mjs apps/api OUT
//
// The bundle has our own packages in it, so what it needs are the dependencies that those and the app declare, with all of
// theirs: copied from what `npm ci` has installed, which is what the tests have run with. npm then checks the result and lists
// it (sbom.cdx.json).
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const workspace = resolve(import.meta.dirname, '../..');
const [app, out] = process.argv.slice(2).map((path) => resolve(path));
if (app === undefined || out === undefined) throw new Error('usage: node tools/image/prune.mjs APP OUT');
if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty`);

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const dist = join(app, 'dist');
const { name, version } = readJson(join(app, 'package.json'));

/** The app and those of our packages that its bundle has in it, by its source maps. */
function bundledPackages() {
  const maps = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.js.map'));
  const sources = maps.flatMap((file) =>
    readJson(join(dist, file)).sources.map((from) => join(dist, dirname(file), from)),
  );
  const inside = sources.map((source) => /^(apps|libs)\/[^/]+/.exec(relative(workspace, source))?.[0]);
  return [...new Set([relative(workspace, app), ...inside.filter(Boolean)])].map((folder) => join(workspace, folder));
}

/** What the bundle imports from npm. */
async function importedPackages() {
  const files = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.js'));
  const { metafile } = await build({
    entryPoints: files.map((file) => join(dist, file)),
    outdir: out,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const names = imports
    .filter(({ external, path }) => external && !path.startsWith('node:') && !builtin.has(path))
    .map(({ path }) => /^(@[^/]+\/)?[^/]+/.exec(path)[0]);
  return [...new Set(names)];
}
const builtin = new Set((await import('node:module')).builtinModules);

/** Where Node finds a package from a folder; undefined when it is not installed. */
function installed(dependency, from) {
  for (let folder = from; folder.startsWith(workspace); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', dependency);
    if (basename(folder) !== 'node_modules' && existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

/** Target folder to the installed one that is copied there. */
const placed = new Map();
const declared = {};

/** Puts a package where whoever is in `target` finds it: as high as no other version is in the way. */
function place(dependency, source, target) {
  for (let folder = target; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    const found = placed.get(join(folder, 'node_modules', dependency));
    if (found === source) return;
    if (found !== undefined || folder === out) break;
  }
  const top = join(out, 'node_modules', dependency);
  const where = placed.has(top) ? join(target, 'node_modules', dependency) : top;
  placed.set(where, source);
  waiting.push(where);
}
const waiting = [];

function placeDependencies(target) {
  const source = placed.get(target);
  const {
    dependencies = {},
    optionalDependencies = {},
    peerDependencies = {},
    peerDependenciesMeta = {},
  } = readJson(join(source, 'package.json'));
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
    const optional = dependency in optionalDependencies || peerDependenciesMeta[dependency]?.optional;
    if (dependency in peerDependencies && optional) continue;
    const found = installed(dependency, source);
    if (found !== undefined) place(dependency, found, target);
    else if (!optional) throw new Error(`${dependency}, which ${source} needs, is not installed: run npm ci`);
  }
}

for (const folder of bundledPackages()) {
  for (const [dependency, range] of Object.entries(readJson(join(folder, 'package.json')).dependencies ?? {})) {
    if (dependency.startsWith('@sorting-office/')) continue;
    const source = installed(dependency, folder);
    if (source === undefined) throw new Error(`${dependency} is not installed: run npm ci`);
    const top = join(out, 'node_modules', dependency);
    const other = placed.get(top);
    if (
      other !== undefined &&
      readJson(join(other, 'package.json')).version !== readJson(join(source, 'package.json')).version
    )
      throw new Error(`our packages want several versions of ${dependency}: a bundle can have one`);
    if (other === undefined) waiting.push(top);
    placed.set(top, other ?? source);
    declared[dependency] = range;
  }
}
const undeclared = (await importedPackages()).filter((dependency) => !(dependency in declared));
if (undeclared.length > 0) throw new Error(`imported, but no dependency of ours: ${undeclared.join(', ')}`);
for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) placeDependencies(target);

/** Types, maps and texts are half of the files, and no program reads them. Licences stay, whatever kind of text they are. */
function isForReaders(path) {
  if (/^(licen[cs]e|copying|notice)/i.test(basename(path))) return false;
  return /\.(d\.[cm]?ts|[cm]?js\.map|ts\.map|md)$/.test(path);
}

mkdirSync(out, { recursive: true });
for (const [target, source] of placed) {
  const wanted = (path) => basename(path) !== 'node_modules' && !isForReaders(path);
  cpSync(source, target, { recursive: true, filter: (path) => path === source || wanted(path) });
}
cpSync(dist, out, { recursive: true });
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify({ name, version, private: true, type: 'module', dependencies: declared }, undefined, 2)}\n`,
);
const npm = (...args) => execFileSync('npm', args, { cwd: out, encoding: 'utf8', maxBuffer: 2 ** 26 });
// Fails, too, when something is missing or is not of the version that somebody asks for.
writeFileSync(join(out, 'sbom.cdx.json'), npm('sbom', '--omit=dev', '--sbom-format=cyclonedx'));
