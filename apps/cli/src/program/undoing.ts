import type { Command } from 'commander';
import { json, type Perform } from './options';

/** `office apply` and `office undo`: what a dry run has proposed, and what a sort has done. */
export function describeUndoing(program: Command, perform: Perform): void {
  program
    .command('apply')
    .description('carry out exactly what a dry run has proposed, and follow that to its report')
    .argument('<run>', 'the dry run: its report says the id')
    .addOption(json())
    .action((run: string, _options: object, command: Command) =>
      perform(command, async (session) => (await import('../commands/apply')).apply(run, session)),
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
      perform(command, async (session) => (await import('../commands/undo')).undo(options, session)),
    );
}
