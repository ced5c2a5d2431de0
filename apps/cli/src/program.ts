/** Every command of `office` with its arguments and options. What they do is loaded once one of them is asked for. */
import { Command, CommanderError, Option } from 'commander';
import { json, moment, shortText, wholeNumber } from './arguments';
import { describeDead } from './describe-dead';
import { exitCodes } from './errors';
import type { CommonOptions, Outcome, Session } from './session';
import type { Surroundings } from './surroundings';
import { version } from './version';

const examples = `
Examples:
  office sort ~/Maildir --dry-run          what would be moved where
  office sort ~/Maildir --address me@example.org
  office undo --from news@shop.example     put their mails back where they were
  office search "linux kernel" --limit 5
  office tasks --state failed --json
  office tasks retry --failed --name sort_batch --since 2025-03-01
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

type Run = (session: Session) => Promise<Outcome>;

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

  const perform = async (command: Command, run: Run) =>
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

  describeUndoing(program, perform);

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
  describeDead(program, perform);

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
    .option('--operator', 'one for an operator, who may also look after dead letters and queues')
    .action((options: { account: string; name: string; operator?: boolean }, command: Command) =>
      perform(command, async (session) => (await import('./commands/token')).createToken(options, session)),
    );

  return program;
}

function describeUndoing(program: Command, perform: (command: Command, run: Run) => Promise<void>): void {
  program
    .command('apply')
    .description('carry out exactly what a dry run has proposed, and follow that to its report')
    .argument('<run>', 'the dry run: its report says the id')
    .addOption(json())
    .action((run: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('./commands/apply')).apply(run, session)),
    );
  program
    .command('undo')
    .description('put mails back where they were before they were filed, unless somebody else has moved them since')
    .option('--mail <id>', 'one mail')
    .option('--from <address>', 'all mails of a sender')
    .option('--run <run>', 'all mails that a sort or an applied plan has moved: its report says the id')
    .option('--mailbox <mailbox>', 'with --from: its name, path or id; the newest by default')
    .addOption(json())
    .action((options: object, command: Command) =>
      perform(command, async (session) => (await import('./commands/undo')).undo(options, session)),
    );
}

function describeTasks(program: Command, perform: (command: Command, run: Run) => Promise<void>): void {
  const tasks = program
    .command('tasks')
    .description('list tasks; show, retry, cancel or redispatch them')
    .usage('[options] | show <id> | retry <ids...> | cancel <ids...> | redispatch')
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
  describeSteering(tasks, perform);
}

function describeSteering(tasks: Command, perform: (command: Command, run: Run) => Promise<void>): void {
  const commands = () => import('./commands/tasks');

  tasks
    .command('retry')
    .description('run tasks again that failed or were cancelled, or all that failed')
    .argument('[ids...]')
    .option('--failed', 'all tasks that failed')
    .option('--name <name>', 'with --failed: only those of this name', shortText)
    .option('--error <code>', 'with --failed: only those whose error has this code', shortText)
    .option('--since <moment>', 'with --failed: only those that failed then or later', moment)
    .addOption(json())
    .action((ids: string[], options: object, command: Command) =>
      perform(command, async (session) => (await commands()).retryTasks(ids, options, session)),
    );
  tasks
    .command('cancel')
    .description('cancel tasks and what they have started: at once what waits, as soon as it stops what runs')
    .argument('<ids...>')
    .addOption(json())
    .action((ids: string[], _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).cancelTasks(ids, session)),
    );
  tasks
    .command('redispatch')
    .description('publish queued tasks again, for queues that have lost their messages; needs an operator’s token')
    .addOption(new Option('--queue <queue...>', 'only those of these queues').choices(queues))
    .addOption(json())
    .action((options: object, command: Command) =>
      perform(command, async (session) => (await commands()).redispatchTasks(options, session)),
    );
}

/** The API's states and queues; its schemas are loaded with the commands only. */
const states = ['queued', 'succeeded', 'failed', 'cancelled'];
const queues = ['interactive', 'default', 'bulk'];
