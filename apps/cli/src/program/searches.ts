import type { Command } from 'commander';
import type { SearchOptions } from '../commands/search';
import { json, type Perform, shortText, wholeNumber } from './options';

const examples = `
Examples:
  office search "emails from Ivan about the invoice last week"
  office search знайди непрочитані листи від Марії з вкладенням за минулий тиждень
  office search from:ivan has:attachment newer_than:7d
  office search --audio question.wav`;

/** `office search` and `office searches`. */
export function describeSearches(program: Command, perform: Perform): void {
  program
    .command('search')
    .description('find mails by what is said of them: people, days, words, and whatever else one would say')
    .argument('[words...]', 'what to look for, in English or Ukrainian, or as operators such as from:ivan')
    .option('--audio <file>', 'a recording of it instead: WAV, WebM, Ogg, MP4 or MP3')
    .option('--mailbox <mailbox>', 'its name, path or id; the newest by default')
    .option('--limit <number>', 'how many mails to show', wholeNumber(1, 100), 20)
    .option('--cursor <cursor>', 'go on behind an earlier page: what that page gives out', shortText)
    .option(
      '--zone <zone>',
      'the time zone that "yesterday" is meant in',
      shortText,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
    .addOption(json())
    .addHelpText('after', examples)
    .action((words: string[], options: SearchOptions, command: Command) =>
      perform(command, async (session) => (await import('../commands/search')).search(words, options, session)),
    );

  const searches = program
    .command('searches')
    .description('list the searches that are kept; repeat or forget them')
    .usage('[options] | repeat <id> | forget <ids...>')
    .addHelpText('after', '\nWithout a command it lists; `office searches list --help` has the options.');
  const commands = () => import('../commands/searches');
  searches
    .command('list', { isDefault: true })
    .description('list them, the newest first')
    .option('--limit <number>', 'how many', wholeNumber(1, 200), 20)
    .addOption(json())
    .action((options: { limit: number }, command: Command) =>
      perform(command, async (session) => (await commands()).listSearches(options, session)),
    );
  searches
    .command('repeat')
    .description('ask the same words again: "yesterday" is another day by now')
    .argument('<id>')
    .addOption(json())
    .action((id: string, _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).repeatSearch(id, session)),
    );
  searches
    .command('forget')
    .description('forget what was said, understood and found')
    .argument('<ids...>')
    .addOption(json())
    .action((ids: string[], _options: object, command: Command) =>
      perform(command, async (session) => (await commands()).forgetSearches(ids, session)),
    );
}
