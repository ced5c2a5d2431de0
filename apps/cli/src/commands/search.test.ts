import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { office } from '../program';
import { aMailbox, aSearchResult, aTask } from '../testing/documents';
import { PlayedApi, problem } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const id = '01a00000-0000-7000-8000-000000000001';
const work = aMailbox({ id: '01a00000-0000-7000-8000-00000000000b', name: 'Work', path: '/srv/work' });
const home = aMailbox({ id: '01a00000-0000-7000-8000-00000000000c', name: 'Home', path: '/srv/home' });

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
  api.routes['GET /api/mailboxes'] = { body: { items: [work], next: null } };
  api.routes['POST /api/searches'] = { body: { id, ...aSearchResult() } };
});
afterEach(() => api.stop());

const search = async (...args: string[]) => {
  const surroundings = testSurroundings({ env: { OFFICE_URL: api.url, OFFICE_TOKEN: 'secret' } });
  const code = await office(['search', ...args], surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('prints the mails, how many there are, and what was understood', async () => {
  const { code, out, err } = await search('linux', 'kernel', '--limit', '1');
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(out).toMatch(/^2002-08-2\d \d\d:\d\d:\d\d {2}Ivan <ivan@example.org> {2}forum in INBOX\n/);
  expect(out).toMatch(/\n {21}Linux kernel\n {21}It boots\.\n/);
  expect(out).toContain('12 mails found, of which 1 are shown\nunderstood: linux; kernel\n');
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(api.asked('POST /api/searches')).toMatchObject([
    { body: { mailboxId: work.id, text: 'linux kernel', limit: 1, timezone } },
  ]);
});

test('--json prints what was found and where', async () => {
  const { out } = await search('linux kernel', '--json');
  expect(JSON.parse(out)).toMatchObject({
    total: 12,
    mails: [{ subject: 'Linux kernel' }],
    query: { text: ['linux', 'kernel'] },
    id,
    mailbox: { name: 'Work' },
  });
});

describe('with several mailboxes', () => {
  beforeEach(() => {
    api.routes['GET /api/mailboxes'] = [
      { body: { items: [work], next: 'there is more' } },
      { body: { items: [home, aMailbox({ id: 'other', name: 'HOME', path: '/srv/other' })], next: null } },
    ];
  });

  test('the newest is searched, and that is said', async () => {
    const { code, err } = await search('linux');
    expect(code).toBe(0);
    expect(err).toBe('searching "Work", the newest of 3 mailboxes: --mailbox names another\n');
    expect(api.asked('GET /api/mailboxes')[1]?.query.get('cursor')).toBe('there is more');
  });

  test.each([
    ['name, whatever its case', 'wORK', work.id],
    ['id', home.id, home.id],
    ['path', '/srv/home', home.id],
  ])('one is named by its %s', async (_by, named, mailboxId) => {
    expect(await search('linux', '--mailbox', named)).toMatchObject({ code: 0, err: '' });
    expect(api.asked('POST /api/searches')).toMatchObject([{ body: { mailboxId } }]);
  });

  test.each([
    ['a name that two have', 'home', 'MAILBOX_AMBIGUOUS'],
    ['a name that none has', 'nowhere', 'MAILBOX_UNKNOWN'],
  ])('%s is a mistake', async (_what, named, code) => {
    expect(await search('linux', '--mailbox', named)).toMatchObject({
      code: 2,
      err: expect.stringContaining(code) as string,
    });
    expect(api.asked('POST /api/searches')).toEqual([]);
  });
});

test('without any mailbox it says how to connect one', async () => {
  api.routes['GET /api/mailboxes'] = { body: { items: [], next: null } };
  expect(await search('linux')).toMatchObject({ code: 2, err: expect.stringContaining('office sort PATH') as string });
});

test('a page says how the next one is asked for', async () => {
  api.routes['POST /api/searches'] = { body: { id, ...aSearchResult({ next: 'abc' }) } };
  const { out } = await search('linux');
  expect(out).toMatch(/\nthere are more: add --cursor abc\n$/);
  await search('linux', '--cursor', 'abc');
  expect(api.asked('POST /api/searches')).toMatchObject([{ body: {} }, { body: { cursor: 'abc' } }]);
  expect(api.asked('POST /api/searches')[0]?.body).not.toHaveProperty('cursor');
});

test.each(['0', '101', 'ten', '1.5'])('a limit of %s is a mistake', async (limit) => {
  expect(await search('linux', '--limit', limit)).toMatchObject({ code: 2 });
  expect(api.requests).toEqual([]);
});

test('a search that takes longer is followed to its end', async () => {
  const task = aTask({ id, name: 'voice_search' });
  api.routes['POST /api/searches'] = { status: 202, body: task };
  api.routes[`GET /api/tasks/${id}`] = [
    { body: task },
    { body: { ...task, state: 'succeeded', result: aSearchResult() } },
  ];
  expect(await search('linux')).toMatchObject({ code: 0, out: expect.stringContaining('12 mails found') as string });
});

test('the zone that "yesterday" is meant in can be said', async () => {
  await search('yesterday', '--zone', 'Europe/Kyiv');
  expect(api.asked('POST /api/searches')).toMatchObject([{ body: { timezone: 'Europe/Kyiv' } }]);
});

test('what the API refuses is passed on with its code', async () => {
  api.routes['POST /api/searches'] = problem(422, 'RECORDING_SILENT', 'there is nothing in the recording');
  expect(await search('x')).toMatchObject({
    code: 1,
    err: expect.stringContaining('nothing in the recording (RECORDING_SILENT)') as string,
  });
});

describe('with a recording', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'office-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('its bytes are sent as they are, in a form with what else is asked for', async () => {
    const file = join(folder, 'question.wav');
    await writeFile(file, Buffer.from([82, 73, 70, 70, 0, 255, 13, 10]));
    expect(await search('--audio', file, '--limit', '3')).toMatchObject({ code: 0 });
    const [asked] = api.asked('POST /api/searches');
    expect(asked?.body).toContain(`name="mailboxId"\r\n\r\n${work.id}\r\n`);
    expect(asked?.body).toContain('name="limit"\r\n\r\n3\r\n');
    expect(asked?.body).toMatch(/name="audio"; filename=[^]*\r\n\r\nRIFF\0\xff\r\n\r\n--/);
  });

  test('one that is too large does not travel', async () => {
    const file = join(folder, 'long.wav');
    await writeFile(file, Buffer.alloc(5 * 1024 * 1024 + 1));
    expect(await search('--audio', file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('RECORDING_TOO_LARGE') as string,
    });
    expect(api.requests).toEqual([]);
  });

  test('one that is not there is a mistake', async () => {
    expect(await search('--audio', join(folder, 'none.wav'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('RECORDING_UNREADABLE') as string,
    });
  });
});

test.each([
  ['neither words nor a recording', []],
  ['both', ['words', '--audio', 'x.wav']],
])('%s is a mistake', async (_what, args) => {
  expect(await search(...args)).toMatchObject({ code: 2, err: expect.stringContaining('WHICH_UNCLEAR') as string });
});
