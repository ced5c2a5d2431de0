// What others do with the same mails: notmuch indexes them, and bogofilter tells spam.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { endedCpuMs } from '../run/child';

export interface Timed {
  /** Mails. */
  perSecond: number;
  /** What a mail takes of a processor, in milliseconds. */
  cpuMs: number;
}

/**
 * Has notmuch index a Maildir that it has not seen before.
 *
 * @param maildir in which it keeps its index
 * @param configuration a file that is made
 * @throws Error when it has not indexed every mail
 */
export async function notmuchNew(maildir: string, configuration: string, mails: number): Promise<Timed> {
  await writeFile(
    configuration,
    `[database]\npath=${maildir}\n[user]\nname=Bench\nprimary_email=me@example.org\n[new]\ntags=new\n`,
  );
  const options = { env: { NOTMUCH_CONFIG: configuration } };
  const timed = await time(mails, () => execa('notmuch', ['new', '--quiet'], options));
  const { stdout } = await execa('notmuch', ['count', '--output=files', '*'], options);
  if (Number(stdout) !== mails) throw new Error(`notmuch has indexed ${stdout} mails of ${mails}`);
  return timed;
}

/** Teaches bogofilter what the sample says is spam and what is not. @param words a folder that is made */
export async function trainBogofilter(maildir: string, words: string): Promise<void> {
  await mkdir(words);
  const files = await filesOf(maildir);
  for (const [flag, spam] of [
    ['-s', true],
    ['-n', false],
  ] as const) {
    const input = files.filter((file) => /\.spam-\d_/.test(file) === spam).join('\n');
    await execa('bogofilter', ['-d', words, flag, '-b'], { input });
  }
}

/**
 * Has bogofilter tell spam from other mails with what it has been taught: one process for all of them, which is the fastest way there is.
 *
 * @throws Error when it has not said something of every mail
 */
export async function bogofilter(maildir: string, words: string): Promise<Timed> {
  const files = await filesOf(maildir);
  return time(files.length, async () => {
    const { stdout, exitCode } = await execa('bogofilter', ['-d', words, '-b', '-v'], {
      input: files.join('\n'),
      // It ends with what it says of the last mail: 0, 1 or 2.
      reject: false,
    });
    const said = stdout.split('\n').length;
    if (said !== files.length || !(Number(exitCode) <= 2))
      throw new Error(`bogofilter ended with ${exitCode} and has told of ${said} mails of ${files.length}`);
  });
}

/** Times a program that is started and waited for. */
async function time(mails: number, run: () => PromiseLike<unknown>): Promise<Timed> {
  const [started, usedMs] = [performance.now(), endedCpuMs()];
  await run();
  return {
    perSecond: (mails / (performance.now() - started)) * 1000,
    cpuMs: (endedCpuMs() - usedMs) / mails,
  };
}

async function filesOf(maildir: string): Promise<string[]> {
  const folder = join(maildir, 'new');
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}
