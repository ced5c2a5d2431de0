import { momentOf, searchPayload } from './search-input';

const mailboxId = '01a00000-0000-7000-8000-00000000000a';
const audio = 'ab'.repeat(32);
const parse = (rest: object) => searchPayload.safeParse({ mailboxId, ...rest });

test('what the release before has enqueued is a search still', () => {
  expect(parse({ text: 'linux' }).data).toEqual({ mailboxId, text: 'linux', timezone: 'UTC', limit: 20 });
});

test.each([
  ['neither text nor audio', {}],
  ['both', { text: 'x', audio }],
  ['audio that is no digest', { audio: 'x' }],
  ['a zone that is none', { text: 'x', timezone: 'Mars/Olympus' }],
])('%s is none', (_what, rest) => {
  expect(parse(rest).success).toBe(false);
});

test('days are meant as they were when it was asked, however late it is tried', () => {
  const payload = searchPayload.parse({ mailboxId, text: 'x', timezone: 'Europe/Kyiv' });
  const task = { id: '019a1b2c-3d4e-7000-8000-000000000000' };
  expect(momentOf(payload, task)).toEqual({ now: new Date(0x019a1b2c3d4e), timeZone: 'Europe/Kyiv' });
  expect(momentOf({ ...payload, now: '2026-11-25T10:30:00+02:00' }, task).now).toEqual(
    new Date('2026-11-25T08:30:00Z'),
  );
});
