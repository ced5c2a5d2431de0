import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

jest.setTimeout(120_000);

const run = (...options: readonly string[]) =>
  execa(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), ...options], {
    reject: false,
    // With the recogniser of this machine, whatever is configured.
    env: { SPEECH_URL: '', SPEECH_COMMAND: '' },
  });

test('as text alone: a row for each language, and the same figures in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'office-eval-'));
  try {
    const file = join(folder, 'figures.json');
    const { stdout, exitCode } = await run('--text', '--half', 'dev', '--json', file);
    expect(exitCode).toBe(0);
    expect(stdout.match(/^\w\w \w+/gm)).toEqual(['As text', 'en dev', 'uk dev']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      text: [
        { language: 'en', half: 'dev', figures: { queries: 171 } },
        { language: 'uk', half: 'dev', figures: { queries: 169 } },
      ],
      audio: [],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ['--half', 'both', '--half is one of dev, heldout, and not "both"'],
  ['--voice', 'mine', '--voice is one of espeak-ng, flite, and not "mine"'],
  ['--limit', 'all', '--limit is how many are spoken, and not "all"'],
])('%s %s is refused', async (option, value, message) => {
  const { stderr, exitCode } = await run(option, value);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});

test('by ear: a query that a program says is recognised, understood and counted', async () => {
  const { stdout, stderr } = await run('--audio', '--voice', 'espeak-ng', '--half', 'dev', '--limit', '1');
  expect(stderr).toBe('');
  const [title, , row] = stdout.split('\n');
  expect(title).toBe('By ear, in English (speech: pocketsphinx (English))');
  // "find the emails from Ivan from yesterday", of which "emails" may become "mails".
  expect(row).toMatch(/^espeak-ng dev +1 +\d\d?\.\d% +100\.0% +100\.0% +100\.0% +100\.0% +0 +\d s +\d+\.\d\dx$/);
});
