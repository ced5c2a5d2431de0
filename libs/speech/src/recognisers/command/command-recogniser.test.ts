import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { speechConfig } from '../../config';
import { samplesOfWav } from '../../recording/wav';
import type { Hints } from '../../speech';
import { hum } from '../../testing/recordings';
import { TestSurroundings } from '../../testing/surroundings';
import { until } from '../../testing/until';
import { CommandRecogniser } from './command-recogniser';

describe('a command that recognises speech', () => {
  let surroundings: TestSurroundings;
  let scripts: string;
  let ending: AbortController;
  const samples = samplesOfWav(hum(0.1)) ?? new Int16Array();
  const hints: Hints = { sentences: [], names: [] };

  beforeEach(() => {
    surroundings = new TestSurroundings();
    scripts = mkdtempSync(join(tmpdir(), 'scripts-'));
    ending = new AbortController();
  });

  afterEach(() => {
    surroundings.remove();
    rmSync(scripts, { recursive: true });
  });

  /** @param template `node` in it is this Node, and `script` a program with this text in it */
  function recognise(script: string, { template = 'node script {wav}', seconds = 20, language = hints.language } = {}) {
    const file = join(scripts, 'my script.cjs');
    writeFileSync(file, script);
    const command = template.replace('node', process.execPath).replace('script', `'${file}'`);
    const { SPEECH_COMMAND } = speechConfig.parse({ SPEECH_COMMAND: command });
    if (!SPEECH_COMMAND) throw new Error('no command');
    const recogniser = new CommandRecogniser(SPEECH_COMMAND, surroundings, seconds * 1_000);
    const recording = { format: 'wav', mediaType: 'audio/wav', original: hum(0.1), samples } as const;
    return recogniser.recognise(recording, { ...hints, ...(language && { language }) }, ending.signal);
  }

  const printArguments = 'console.log(JSON.stringify(process.argv.slice(2)))';

  test('is given a plain WAV file that nobody else may read, and what it prints was said', async () => {
    const text = await recognise(`
      const { readFileSync, statSync } = require('fs');
      const [file] = process.argv.slice(2);
      const mode = (path) => (statSync(path).mode & 0o777).toString(8);
      console.log(readFileSync(file).toString('base64'), mode(file), mode(require('path').dirname(file)));`);
    expect(text.trim()).toBe(`${hum(0.1).toString('base64')} 600 700`);
  });

  test('its arguments are those of the template, and no shell reads them', async () => {
    const template = `node script "two words" 'it''s' $HOME ';' '$(touch /tmp/x)' '*' --in={wav} {language} {other}`;
    const parameters = JSON.parse(await recognise(printArguments, { template, language: 'uk' })) as string[];
    expect(parameters.filter((parameter) => !parameter.startsWith('--in='))).toEqual([
      'two words', 'its', '$HOME', ';', '$(touch /tmp/x)', '*', 'uk', '{other}',
    ]); // prettier-ignore
    expect(parameters).toContainEqual(expect.stringMatching(/^--in=\/\S+\/recording\.wav$/));
    expect(await recognise(printArguments, { template: 'node script {wav} -l {language}' })).toContain('"-l","auto"');
  });

  test('a folder with signs that mean something to a shell or to a replacement is only a folder', async () => {
    const strange = new TestSurroundings(undefined, "a b'$&;$(x)");
    const config = speechConfig.parse({ SPEECH_COMMAND: `'${process.execPath}' -p 'process.argv[1]' {wav}` });
    const recogniser = new CommandRecogniser(config.SPEECH_COMMAND ?? { program: '', parameters: [] }, strange, 20_000);
    const recording = { format: 'wav', mediaType: 'audio/wav', original: hum(0.1), samples } as const;
    expect(await recogniser.recognise(recording, hints, ending.signal)).toContain(`${strange.temporaryFolder}/`);
    strange.remove();
  });

  test('files that it makes beside the recording are removed', async () => {
    expect(await recognise('require("fs").writeFileSync("result.txt", "x"); console.log("said")')).toBe('said\n');
    expect(await recognise('console.log(require("os").tmpdir())')).toContain(`${surroundings.temporaryFolder}/`);
  });

  test.each([
    ['an exit code', 'console.error("no model"); process.exit(7)', /exit code 7.*no model/],
    ['a crash', 'process.kill(process.pid, "SIGKILL")', /SIGKILL/],
    ['too much text', 'for (;;) require("fs").writeSync(1, "word ".repeat(1000))', /too much output/],
    ['too long a complaint', 'console.error("x".repeat(100_000)); process.exit(1)', /^.{0,700}$/s],
  ])('%s is its failure, which may pass', async (_, script, message) => {
    await expect(recognise(script)).rejects.toMatchObject({
      code: 'RECOGNISER_FAILED',
      message: expect.stringMatching(message) as string,
      retryable: true,
    });
  });

  test('one that does not end is ended', async () => {
    await expect(recognise('setInterval(() => 0, 1000)', { seconds: 0.5 })).rejects.toMatchObject({
      code: 'RECOGNISER_FAILED',
      message: expect.stringContaining('too slow') as string,
    });
  });

  test('one that is not there is a matter of configuration', async () => {
    await expect(recognise('', { template: '/nowhere/whisper {wav}' })).rejects.toMatchObject({
      code: 'RECOGNISER_REFUSED',
      message: expect.stringContaining('no program /nowhere/whisper') as string,
      retryable: false,
    });
  });

  test('when the signal aborts, it is ended and its files are gone', async () => {
    const pidFile = join(scripts, 'pid');
    const text = recognise(
      `require('fs').writeFileSync(${JSON.stringify(pidFile)}, process.pid + '.'); setInterval(() => 0, 1000)`,
    );
    const pid = await until(() => Number(/^(\d+)\.$/.exec(readFileSync(pidFile, 'utf8'))?.[1] ?? fail()));
    const reason = new Error('enough');
    ending.abort(reason);
    await expect(text).rejects.toBe(reason);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(surroundings.left).toEqual([]);
  });

  const fail = (): never => {
    throw new Error('not yet');
  };
});
