import { whyInstall } from './install.mjs';
import { whyNotThisNode } from './node-version.mjs';

const lockfile = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

describe('whyInstall', () => {
  const present = {
    'node_modules/@sorting-office/db': { resolved: 'libs/db', link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/a/node_modules/zod': { version: '3.0.0' },
  };
  const wanted = {
    '': { name: 'workspace' },
    'libs/db': { version: '0.1.0' },
    ...present,
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  };

  test('nothing to do when all is there, but for what was built for other platforms', () => {
    expect(whyInstall(lockfile(wanted), lockfile(present))).toBeUndefined();
  });

  test('node_modules is missing, or npm did not get to its end', () => {
    expect(whyInstall(lockfile(wanted), undefined)).toBe('node_modules is missing or incomplete');
  });

  test('the lockfile names another version, in any depth', () => {
    const newer = { ...wanted, 'node_modules/a/node_modules/zod': { version: '3.0.1' } };
    expect(whyInstall(lockfile(newer), lockfile(present))).toBe('zod is 3.0.0 and should be 3.0.1');
  });

  test('the lockfile names another package or workspace', () => {
    const more = { ...wanted, 'node_modules/@sorting-office/mail': { resolved: 'libs/mail', link: true } };
    expect(whyInstall(lockfile(more), lockfile(present))).toBe('@sorting-office/mail is not installed');
  });
});

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.1.0', true],
  ['20.18.3', false],
  ['18.20.8', false],
])('Node %s will do: %s', (version, good) => {
  expect(whyNotThisNode(version) === undefined).toBe(good);
});
