import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type TestApi } from '../testing/api';

let root: string;
let api: TestApi;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'office-root-'));
  api = await startApi({ MAILBOX_ROOT: root });
  await api.api.whenReady();
});
afterAll(async () => {
  await api.close();
  rmSync(root, { recursive: true });
});

const connect = (path: string) => api.ask('POST', '/api/mailboxes', { name: 'Mine', path });
const paths = async () => (await api.ask('GET', '/api/mailboxes')).body.items?.map(({ path }) => path);

test('a mailbox where mailboxes must be is connected once, however its path is written, and whether or not it is seen from here', async () => {
  const answers = await Promise.all(
    ['mine', 'mine/', './mine/.', 'other/../mine', '/mine'].map((path) => connect(`${root}/${path}`)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
  expect(new Set(answers.map(({ body }) => body['path']))).toEqual(new Set([join(root, 'mine')]));
});

test('a mailbox elsewhere is refused with what to do, and is not connected', async () => {
  mkdirSync(`${root}-of-others`);
  symlinkSync(`${root}-of-others`, join(root, 'link'));
  try {
    for (const path of ['/etc', '/', `${root}/..`, `${root}/mine/../../x`, `${root}-of-others`, `${root}/link/`]) {
      const { status, body } = await connect(path);
      expect([status, body['code']]).toEqual([400, 'MAILBOX_OUTSIDE_ROOT']);
      expect(body['detail']).toContain('MAILBOX_ROOT');
    }
    expect(await paths()).toEqual([join(root, 'mine')]);
  } finally {
    rmSync(`${root}-of-others`, { recursive: true });
  }
});

test('a path that is none is refused', async () => {
  for (const path of ['', 'mine', `${root}/a\0b`, `/${'a'.repeat(600)}`])
    expect(await connect(path)).toMatchObject({ status: 400, body: { code: 'REQUEST_INVALID' } });
});
