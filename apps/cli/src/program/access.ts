import type { Command } from 'commander';
import type { AuditOptions } from '../commands/tokens';
import { json, type Perform, shortText, wholeNumber } from './options';

/** `office token` and `office audit`: who may, and who did. */
export function describeAccess(program: Command, perform: Perform): void {
  const token = program.command('token').description('tokens for the API');
  const commands = () => import('../commands/tokens');

  token
    .command('create')
    .description('make a token and print it, alone; needs DATABASE_URL')
    .option('--account <name>', 'whose it is; made when it does not exist', shortText, 'owner')
    .option('--name <name>', 'what the token is for', shortText, 'office')
    .option('--operator', 'one for an operator, who may also look after dead letters and queues')
    .option('--expires <days>', 'when it ends; never by default', wholeNumber(1, 3650))
    .action((options: { account: string; name: string; operator?: boolean; expires?: number }, command: Command) =>
      perform(command, async (session) => (await import('../commands/token')).createToken(options, session)),
    );
  token
    .command('list')
    .description('list the tokens of the account; an operator’s lists all')
    .addOption(json())
    .action((_options: object, command: Command) =>
      perform(command, async (session) => (await commands()).listTokens(session)),
    );
  token
    .command('revoke')
    .description('end a token at once, and its sessions with it')
    .argument('<id>')
    .addOption(json())
    .action((id: string, _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).revokeToken(id, session)),
    );
  token
    .command('rotate')
    .description('make another token like this one and print it, alone; the old one works for a while still')
    .argument('<id>')
    .option('--grace <hours>', 'how long the old one still works', wholeNumber(0, 24), 24)
    .addOption(json())
    .action((id: string, options: { grace: number }, command: Command) =>
      perform(command, async (session) => (await commands()).rotateToken(id, options, session)),
    );
  program
    .command('audit')
    .description('list who did what, the latest first: of the account; an operator’s lists all')
    .option('--limit <number>', 'how many', wholeNumber(1, 200), 20)
    .option('--cursor <cursor>', 'go on behind an earlier page: what that page gives out', shortText)
    .addOption(json())
    .action((options: AuditOptions, command: Command) =>
      perform(command, async (session) => (await commands()).showAudit(options, session)),
    );
}
