import type { Command } from 'commander';
import type { AddOptions } from '../commands/schedules';
import { json, jsonValue, type Perform, shortText } from './options';

const examples = `
Without a command it lists.

Examples:
  office schedules add weekdays background_sort --cron "0 7 * * 1-5" --zone Europe/Kyiv --payload '{"mailboxId":"…"}'
  office schedules pause weekdays`;

/** `office schedules` and its commands. */
export function describeSchedules(program: Command, perform: Perform): void {
  const schedules = program
    .command('schedules')
    .description('list schedules; add, pause, resume or remove them')
    .usage('[options] | add <name> <task> | pause <name> | resume <name> | remove <name>')
    .addHelpText('after', examples);
  const commands = () => import('../commands/schedules');

  schedules
    .command('list', { isDefault: true })
    .description('list schedules, the newest first, with when they tick next')
    .addOption(json())
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await commands()).listSchedules(session)),
    );
  schedules
    .command('add')
    .description('have a task enqueued at each tick of a cron expression; adding the same again changes nothing')
    .argument('<name>', 'what to call the schedule', shortText)
    .argument('<task>', 'the task to enqueue, such as background_sort')
    .requiredOption('--cron <expression>', 'minute, hour, day of the month, month, weekday; or @daily and the like')
    .option('--zone <zone>', 'the time zone to read it in, such as Europe/Kyiv', 'UTC')
    .option('--payload <json>', 'what the task takes', jsonValue, {})
    .addOption(json())
    .action((name: string, task: string, options: AddOptions, command: Command) =>
      perform(command, async (session) => (await commands()).addSchedule(name, task, options, session)),
    );
  for (const [verb, description] of [
    ['pause', 'let a schedule enqueue nothing until it is resumed; what it misses is not made up for'],
    ['resume', 'let a paused schedule go on with its next tick'],
    ['remove', 'remove a schedule; what it has enqueued stays'],
  ] as const) {
    schedules
      .command(verb)
      .description(description)
      .argument('<name>')
      .addOption(json())
      .action((name: string, _options: object, command: Command) =>
        perform(command, async (session) => (await commands()).steerSchedule(verb, name, session)),
      );
  }
}
