/** Every command of `office` with its arguments and options. What they do is loaded once one of them is asked for. */
import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from './errors';
import { json, type Perform, shortText, wholeNumber } from './program/options';
import { describeSchedules } from './program/schedules';
import type { CommonOptions } from './session';
import type { Surroundings } from './surroundings';
import { version } from './version';

const examples = `
Examples:
  office sort ~/Maildir --dry-run          what would be moved where
  office sort ~/Maildir --address me@example.org
  office search "linux kernel" --limit 5
  office tasks --state failed --json
  office schedules add nightly background_sort --cron "0 3 * * *" --zone Europe/Kyiv --payload '{"mailboxId":"…"}'
  office doctor

Where the API is:
  --url and --token, else OFFICE_URL and OFFICE_TOKEN, else the nearest .stack/running.json, which \`npm start\` leaves.
  doctor and token create also look at DATABASE_URL and AMQP_URL.

Exit codes:
  0 done   1 failed   2 wrong usage or configuration   130 interrupted`;

/** Runs a command: arguments in, exit code out. Throws nothing but what nobody foresaw. */
export async function office(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = describe(surroundings, (code) => (exitCode = code));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}

function describe(surroundings: Surroundings, exit: (code: number) => void): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command('office')
    .description('Keeps a mailbox sorted, searches it, and looks after the tasks that do so.')
    .version(version, '-V, --version', 'print the version of this build')
    .option('--url <url>', 'where the API is')
    .option('--token <token>', 'the token to use there')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .addHelpText('after', examples)
    .helpCommand('help [command]', 'print the help of a command')
    .helpOption('-h, --help', 'print this help');

  const perform: Perform = async (command, run) =>
    exit(await (await import('./perform')).perform(command.optsWithGlobals<CommonOptions>(), surroundings, run));

  program
    .command('sort')
    .description('sort what is new in a Maildir, and follow that to its report')
    .argument('<path>', 'the Maildir: the directory that holds new/ and cur/')
    .option('--dry-run', 'decide and report, but move nothing')
    .option('--name <name>', 'what to call the mailbox; its directory is called by default')
    .option('--address <address...>', 'addresses of the owner, after the path')
    .addOption(json())
    .action((path: string, options: object, command: Command) =>
      perform(command, async (session) => (await import('./commands/sort')).sort(path, options, session)),
    );

  program
    .command('search')
    .description('find mails by sender, subject and words')
    .argument('<words...>', 'what to look for, as one would say it')
    .option('--mailbox <mailbox>', 'its name, path or id; the newest by default')
    .option('--limit <number>', 'how many mails to show, the newest first', wholeNumber(1, 100), 20)
    .addOption(json())
    .action((words: string[], options: { limit: number }, command: Command) =>
      perform(command, async (session) => (await import('./commands/search')).search(words, options, session)),
    );

  describeTasks(program, perform);
  describeSchedules(program, perform);

  program
    .command('mailboxes')
    .description('list the mailboxes that are connected')
    .addOption(json())
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./commands/mailboxes')).listMailboxes(session)),
    );

  program
    .command('doctor')
    .description('look at database, schema, broker, topology, API, worker and versions, and say what to do')
    .addOption(json())
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await import('./commands/doctor')).doctor(session)),
    );

  program
    .command('token')
    .description('tokens for the API')
    .command('create')
    .description('make a token and print it, alone; needs DATABASE_URL')
    .option('--account <name>', 'whose it is; made when it does not exist', shortText, 'owner')
    .option('--name <name>', 'what the token is for', shortText, 'office')
    .action((options: { account: string; name: string }, command: Command) =>
      perform(command, async (session) => (await import('./commands/token')).createToken(options, session)),
    );

  return program;
}

function describeTasks(program: Command, perform: Perform): void {
  const tasks = program
    .command('tasks')
    .description('list tasks; show, retry or cancel them')
    .usage('[options] | show <id> | retry <ids...> | cancel <ids...>')
    .addHelpText('after', '\nWithout a command it lists; `office tasks list --help` has the options.');
  const commands = () => import('./commands/tasks');

  tasks
    .command('list', { isDefault: true })
    .description('list tasks, the newest first')
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option('--name <name>', 'only those of this name, such as background_sort')
    .option('--limit <number>', 'how many', wholeNumber(1, 200), 20)
    .addOption(json())
    .action((options: { limit: number }, command: Command) =>
      perform(command, async (session) => (await commands()).listTasks(options, session)),
    );
  tasks
    .command('show')
    .description('show a task with its result and every attempt that failed')
    .argument('<id>')
    .addOption(json())
    .action((id: string, _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).showTask(id, session)),
    );
  tasks
    .command('retry')
    .description('run tasks again that failed or were cancelled')
    .argument('<ids...>')
    .addOption(json())
    .action((ids: string[], _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).retryTasks(ids, session)),
    );
  tasks
    .command('cancel')
    .description('cancel tasks: at once while they wait, as soon as they stop while they run')
    .argument('<ids...>')
    .addOption(json())
    .action((ids: string[], _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).cancelTasks(ids, session)),
    );
}

/** The API's states; its schema is loaded with the commands only. */
const states = ['queued', 'succeeded', 'failed', 'cancelled'];
