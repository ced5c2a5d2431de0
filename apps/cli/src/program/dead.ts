import type { Command } from 'commander';
import { json, type Perform, shortText, wholeNumber } from './options';

/** `office dead`: the messages that were put aside. */
export function describeDead(program: Command, perform: Perform): void {
  const dead = program
    .command('dead')
    .description('list messages that nobody could understand; show, requeue or drop them; needs an operator’s token')
    .usage('[options] | show <id> | requeue <ids...> | drop <ids...>')
    .addHelpText('after', '\nWithout a command it lists; `office dead list --help` has the options.');
  const commands = () => import('../commands/dead');

  dead
    .command('list', { isDefault: true })
    .description('list them, the longest there first')
    .option('--limit <number>', 'how many', wholeNumber(1, 200), 20)
    .addOption(json())
    .action((options: { limit: number }, command: Command) =>
      perform(command, async (session) => (await commands()).listDead(options, session)),
    );
  dead
    .command('show')
    .description('show one with its properties, its headers and its body')
    .argument('<id>')
    .addOption(json())
    .action((id: string, _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).showDead(id, session)),
    );
  for (const [name, description] of [
    ['requeue', 'send them back to the queues that they came from'],
    ['drop', 'throw them away'],
  ] as const) {
    dead
      .command(name)
      .description(description)
      .argument('[ids...]')
      .option('--all', 'all that there are now')
      .option('--queue <queue>', 'with --all: only those that came from this queue', shortText)
      .option('--reason <text>', 'with --all: only those whose reason contains this', shortText)
      .addOption(json())
      .action((ids: string[], options: object, command: Command) =>
        perform(command, async (session) => (await commands()).sortOutDead(name, ids, options, session)),
      );
  }
}
