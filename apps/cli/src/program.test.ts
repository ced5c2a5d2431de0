import { office } from './program';
import { testSurroundings } from './testing/surroundings';
import { version } from './version';

const run = async (...args: string[]) => {
  const surroundings = testSurroundings();
  const code = await office(args, surroundings);
  return { code, out: surroundings.stdout.text(), err: surroundings.stderr.text() };
};

test('the help goes to stdout when it is asked for, and to stderr when it is needed', async () => {
  const asked = await run('--help');
  expect(asked).toMatchObject({ code: 0, err: '' });
  for (const command of [
    'sort',
    'apply',
    'undo',
    'search',
    'searches',
    'tasks',
    'dead',
    'schedules',
    'mailboxes',
    'doctor',
    'token',
  ])
    expect(asked.out).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(await run()).toEqual({ code: 2, out: '', err: asked.out });
});

test.each([['--version'], ['-V']])('%s is that of the build', async (option) => {
  expect(await run(option)).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test.each([
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['sort'], /missing required argument 'path'/],
  [['sort', 'a', 'b'], /too many arguments/],
  [['apply'], /missing required argument 'run'/],
  [['undo', 'a'], /too many arguments/],
  [['undo'], /exactly one of --mail, --from and --run/],
  [['undo', '--mail', 'a', '--run', 'b'], /exactly one of --mail, --from and --run/],
  [['search'], /say what to look for, or name a recording/],
  [['search', 'a', '--limit', '0'], /from 1 to 100/],
  [['tasks', '--state', 'running'], /Allowed choices are queued, succeeded, failed, cancelled/],
  [['tasks', 'frobnicate'], /too many arguments/],
  [['tasks', 'cancel'], /missing required argument 'ids'/],
  [['schedules', 'frobnicate'], /too many arguments/],
  [['schedules', 'add', 'a', 'b'], /required option '--cron <expression>' not specified/],
  [['schedules', 'add', 'a', 'b', '--cron', '@daily', '--payload', '{'], /It must be JSON: /],
  [['schedules', 'add', ' ', 'b', '--cron', '@daily'], /1 to 190 characters/],
  [['schedules', 'pause'], /missing required argument 'name'/],
  [['token', 'create', '--account', ''], /1 to 190 characters/],
  [['mailboxes'], /OFFICE_URL and OFFICE_TOKEN.*npm start.*running\.json/s],
  [['mailboxes', '--url', 'nowhere'], /--url must look like http/],
])('%j is a mistake', async (args, reason) => {
  const { code, out, err } = await run(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(reason);
});

test('with --json a mistake of configuration is a document too', async () => {
  const { code, out } = await run('mailboxes', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'CONFIGURATION_MISSING' } });
});
