import { office } from '../program';
import { aMail, aMailbox, aTask } from '../testing/documents';
import { PlayedApi } from '../testing/played-api';
import { testSurroundings } from '../testing/surroundings';

const id = '01a00000-0000-7000-8000-000000000001';
const work = aMailbox({ id: '01a00000-0000-7000-8000-00000000000b', name: 'Work', path: '/srv/work' });
const home = aMailbox({ id: '01a00000-0000-7000-8000-00000000000c', name: 'Home', path: '/srv/home' });

let api: PlayedApi;
beforeEach(async () => {
  api = await PlayedApi.start();
  const result = { query: { text: ['linux', 'kernel'], from: [] }, mails: [aMail()], total: 12 };
  api.routes['GET /api/mailboxes'] = { body: { items: [work], next: null } };
  api.routes['POST /api/tasks/voice_search'] = { status: 202, body: aTask({ id, name: 'voice_search' }) };
  api.routes[`GET /api/tasks/${id}`] = [
    { body: aTask({ id, name: 'voice_search' }) },
    { body: aTask({ id, name: 'voice_search', state: 'succeeded', result }) },
  ];
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
  expect(out).toContain('12 mails found, of which the newest 1 are shown\nunderstood: text: linux, kernel\n');
  expect(api.asked('POST /api/tasks/voice_search')).toMatchObject([
    { body: { mailboxId: work.id, text: 'linux kernel', limit: 1 } },
  ]);
});

test('--json prints what was found and where', async () => {
  const { out } = await search('linux kernel', '--json');
  expect(JSON.parse(out)).toMatchObject({
    total: 12,
    mails: [{ subject: 'Linux kernel' }],
    query: { text: ['linux', 'kernel'] },
    taskId: id,
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
    expect(api.asked('POST /api/tasks/voice_search')).toMatchObject([{ body: { mailboxId } }]);
  });

  test.each([
    ['a name that two have', 'home', 'MAILBOX_AMBIGUOUS'],
    ['a name that none has', 'nowhere', 'MAILBOX_UNKNOWN'],
  ])('%s is a mistake', async (_what, named, code) => {
    expect(await search('linux', '--mailbox', named)).toMatchObject({
      code: 2,
      err: expect.stringContaining(code) as string,
    });
    expect(api.asked('POST /api/tasks/voice_search')).toEqual([]);
  });
});

test('without any mailbox it says how to connect one', async () => {
  api.routes['GET /api/mailboxes'] = { body: { items: [], next: null } };
  expect(await search('linux')).toMatchObject({ code: 2, err: expect.stringContaining('office sort PATH') as string });
});

test.each(['0', '101', 'ten', '1.5'])('a limit of %s is a mistake', async (limit) => {
  expect(await search('linux', '--limit', limit)).toMatchObject({ code: 2 });
  expect(api.requests).toEqual([]);
});
