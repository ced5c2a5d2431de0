/** Every command of `office` with its arguments and options. What they do is loaded once one of them is asked for. */
import { Command, CommanderError } from 'commander';
import { exitCodes } from './errors';
import { describeAccess } from './program/access';
import { describeDead } from './program/dead';
import { json, type Perform } from './program/options';
import { describeSchedules } from './program/schedules';
import { describeSearches } from './program/searches';
import { describeTasks } from './program/tasks';
import { describeUndoing } from './program/undoing';
import type { CommonOptions } from './session';
import type { Surroundings } from './surroundings';
import { version } from './version';

const examples = `
Examples:
  office sort ~/Maildir --dry-run          what would be moved where
  office sort ~/Maildir --address me@example.org
  office undo --from news@shop.example     put their mails back where they were
  office search "emails from Ivan last week" --limit 5
  office search --audio question.wav
  office tasks --state failed --json
  office tasks retry --failed --name sort_batch --since 2025-03-01
  office schedules add nightly background_sort --cron "0 3 * * *" --zone Europe/Kyiv --payload '{"mailboxId":"…"}'
  office doctor

Where the API is:
  --url and --token, else OFFICE_URL and OFFICE_TOKEN, else the nearest .stack/running.json, which \`npm start\` leaves.
  doctor and token create also look at DATABASE_URL and AMQP_URL, with DATABASE_TLS, DATABASE_CA_FILE, AMQP_TLS and AMQP_CA_FILE; doctor
  at MANAGEMENT_URL (RabbitMQ's, with user and password), too.

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

  describeUndoing(program, perform);

  describeSearches(program, perform);
  describeTasks(program, perform);
  describeDead(program, perform);
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

  describeAccess(program, perform);

  return program;
}
