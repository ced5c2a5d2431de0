import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Objects } from '../environment/objects';
import { container } from '../spec/container';
import { mountMapping } from './mounts';
import { makeVolumes } from './volumes';
import { failure } from '../testing/failure';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'podrun-'));
});
afterEach(() => rm(home, { recursive: true }));

const objects = new Objects([
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'office-ca' }, data: { 'broker.pem': 'a certificate' } },
]);
const mountsOf = (...volumeMounts: object[]) =>
  container.parse({ name: 'api', image: 'api', command: ['node'], volumeMounts });

it('makes a folder for each volume, and keeps claims for all pods', async () => {
  const volumes = [
    { name: 'tmp', emptyDir: {} },
    { name: 'ca', configMap: { name: 'office-ca', optional: false } },
    { name: 'none', secret: { secretName: 'nothing', optional: true } },
    { name: 'mail', persistentVolumeClaim: { claimName: 'office-mail' } },
  ];
  const first = await makeVolumes(volumes, objects, home, join(home, 'claims'));
  const second = await makeVolumes(volumes, objects, home, join(home, 'claims'));
  expect(await readFile(join(first.get('ca') ?? '', 'broker.pem'), 'utf8')).toBe('a certificate');
  expect(await readdir(first.get('none') ?? '')).toEqual([]);
  expect(first.get('mail')).toBe(second.get('mail'));
  expect(first.get('tmp')).not.toBe(second.get('tmp'));
});

it('refuses a volume whose source is not there, or is none', async () => {
  const make = (volume: object) => makeVolumes([{ name: 'x', ...volume }], objects, home, home);
  await expect(make({ configMap: { name: 'nothing', optional: false } })).rejects.toThrow(
    failure({ code: 'MISSING_REFERENCE' }),
  );
  await expect(make({})).rejects.toThrow(failure({ code: 'UNSUPPORTED' }));
});

it('rewrites what begins with a mountPath, the longest first', () => {
  const map = mountMapping(
    mountsOf({ name: 'mail', mountPath: '/mail' }, { name: 'old', mountPath: '/mail/old/', subPath: 'x' }),
    new Map([
      ['mail', '/here/mail'],
      ['old', '/here/old'],
    ]),
  );
  expect(['/mail', '/mail/new', '/mail/old/1', '/mailbox', 'a/mail'].map(map)).toEqual([
    '/here/mail',
    '/here/mail/new',
    '/here/old/x/1',
    '/mailbox',
    'a/mail',
  ]);
});

it('refuses a mount of no volume', () => {
  expect(() => mountMapping(mountsOf({ name: 'mail', mountPath: '/mail' }), new Map())).toThrow(
    'container api mounts mail, which is no volume',
  );
});
