import { type Command, Option } from 'commander';
import { json, moment, type Perform, shortText, wholeNumber } from './options';

/** The API's states and queues; its schemas are loaded with the commands only. */
const states = ['queued', 'succeeded', 'failed', 'cancelled'];
const queues = ['interactive', 'default', 'bulk'];

/** `office tasks` and its commands. */
export function describeTasks(program: Command, perform: Perform): void {
  const tasks = program
    .command('tasks')
    .description('list tasks; show, retry, cancel or redispatch them')
    .usage('[options] | show <id> | retry <ids...> | cancel <ids...> | redispatch')
    .addHelpText('after', '\nWithout a command it lists; `office tasks list --help` has the options.');
  const commands = () => import('../commands/tasks');

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

function describeSteering(tasks: Command, perform: Perform): void {
  const commands = () => import('../commands/tasks');

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
