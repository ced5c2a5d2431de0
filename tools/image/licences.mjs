// Lists the npm packages that folders of images hold, with their licences, and refuses licences that nobody has agreed to.
//
//   node tools/image/licences.mjs [--write] LIST FOLDER...     folders made by tools/image/prune.mjs, named after their apps
//
// Without --write it says whether the list is as it has to be.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** All of them let us pass a package on together with its notice, which images hold. */
const allowed = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0']);

const write = process.argv.includes('--write');
const [list, ...folders] = process.argv.slice(2).filter((argument) => argument !== '--write');
if (list === undefined || folders.length === 0)
  throw new Error('usage: node tools/image/licences.mjs [--write] LIST FOLDER...');

const licenceOf = ({ licenses = [] }) =>
  licenses.map(({ license, expression }) => expression ?? license.id ?? license.name).join(' AND ') || 'none';

/** Package and licence to the versions and apps that it is there in. */
const found = new Map();
for (const folder of folders) {
  const { components } = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8'));
  for (const component of components) {
    const { name } = component;
    const licence = licenceOf(component);
    const key = `${name} ${licence}`;
    const entry = found.get(key) ?? { name, licence, versions: new Set(), apps: new Set() };
    found.set(key, entry);
    entry.versions.add(component.version);
    entry.apps.add(basename(folder));
  }
}

const inOrder = (values) => [...values].sort().join(', ');
const entries = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
const refused = entries.filter(({ licence }) => !allowed.has(licence));
if (refused.length > 0) {
  const lines = refused.map(({ name, licence, apps }) => `${name}, in ${inOrder(apps)}: ${licence}`);
  process.stderr.write(`Nobody has agreed to these licences (tools/image/licences.mjs):\n${lines.join('\n')}\n`);
  process.exit(1);
}

const row = ({ name, licence, versions, apps }) => `| ${name} | ${inOrder(versions)} | ${licence} | ${inOrder(apps)} |`;
const text = `# Licences of what we pass on

Sorting Office is under the Apache License 2.0. Its images and bundles hold these npm packages, with their licences' texts as far as the packages have them (beside each package in \`node_modules\`) and a list by version
(\`/app/sbom.cdx.json\`). Images also hold Node.js and packages of Debian, among them ffmpeg (GPL) in \`worker-speech\`: theirs are in \`/usr/share/doc\`.

Only licences that \`tools/image/licences.mjs\` names are taken. It has written this list, and does so anew after a change of packages:

    npx nx run-many -t build && for app in api worker cli; do node tools/image/prune.mjs apps/$app FOLDER/$app; done
    node tools/image/licences.mjs --write docs/licences.md FOLDER/*

| package | versions | licence | in |
| --- | --- | --- | --- |
${entries.map(row).join('\n')}
`;
if (write) writeFileSync(list, text);
else if (readFileSync(list, 'utf8') !== text) {
  process.stderr.write(`${list} is not the list of what is there: it says how it is made anew.\n`);
  process.exit(1);
}
