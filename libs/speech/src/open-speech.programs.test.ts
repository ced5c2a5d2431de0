import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { speechConfig } from './config';
import { describeSpeech, openSpeech } from './open-speech';
import type { Hints } from './speech';
import { encode, encodings, hiss, hum, plainWav, say } from './testing/recordings';
import { TestSurroundings } from './testing/surroundings';

describe('speech', () => {
  let surroundings: TestSurroundings;
  let ending: AbortController;

  beforeEach(() => {
    surroundings = new TestSurroundings();
    ending = new AbortController();
  });

  afterEach(() => surroundings.remove());

  const hints: Hints = {
    sentences: [
      'find the emails from Ivan from yesterday',
      'show me messages about the invoice',
      'show me messages from Olena about the contract',
      'find the invoice from Ivan',
      'emails from last week',
    ],
    names: ['Ivan', 'Олена Петренко'],
  };

  const recognise = (recording: Uint8Array, { env = {}, given = hints, at = surroundings } = {}) =>
    openSpeech(speechConfig.parse(env), at).recognise(recording, given, ending.signal);

  test.each(encodings)('%s: the words are recognised', async (encoding) => {
    const heard = await recognise(await encode(await say('show me messages from Olena about the contract'), encoding));
    expect(heard).toMatchObject({ recogniser: 'pocketsphinx', text: 'show me messages from Olena about the contract' });
    expect(heard.seconds).toBeGreaterThan(1.5);
    expect(heard.seconds).toBeLessThan(6);
  });

  test('a name that no dictionary has is recognised by how it is written', async () => {
    expect((await recognise(await say('show me messages from Petrenko about the invoice'))).text).toBe(
      'show me messages from Petrenko about the invoice',
    );
  });

  test('the same recording is always recognised as the same words', async () => {
    const recording = await say('find the invoice from Olena from last week');
    const texts = await Promise.all([1, 2, 3].map(async () => (await recognise(recording)).text));
    expect(new Set(texts).size).toBe(1);
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), 'RECORDING_EMPTY'],
    ['6 MB', Buffer.concat([hum(1), Buffer.alloc(6_000_000)]), 'RECORDING_TOO_LARGE'],
    ['31 seconds', hum(31), 'RECORDING_TOO_LONG'],
    ['a text', Buffer.from('find the emails from Ivan'), 'RECORDING_FORMAT_UNKNOWN'],
    ['the beginning of an MP4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isommp42'), 'RECORDING_CORRUPT'],
    ['silence', plainWav(2, () => 0), 'RECORDING_SILENT'],
    ['the noise of a quiet room', plainWav(2, (at) => (at % 7) * 3), 'RECORDING_SILENT'],
    ['loud noise', hiss(3), 'NOTHING_RECOGNISED'],
  ])('%s: refused for good', async (_, recording, code) => {
    await expect(recognise(recording)).rejects.toMatchObject({ name: 'SpeechError', code, retryable: false });
  });

  test('Ukrainian is not recognised as if it were English', async () => {
    const error = { code: 'RECOGNISER_MISSING', message: expect.stringContaining('no Ukrainian model') as string };
    const recording = await say('find');
    await expect(recognise(recording, { given: { ...hints, language: 'uk' } })).rejects.toMatchObject(error);
    await expect(recognise(recording, { env: { SPEECH_LANGUAGE: 'uk' } })).rejects.toMatchObject(error);
    const english = { env: { SPEECH_LANGUAGE: 'uk' }, given: { ...hints, language: 'en' } } as const;
    expect((await recognise(await say('emails from last week'), english)).text).toBe('emails from last week');
  });

  test('pocketsphinx has to know what to expect', async () => {
    await expect(recognise(hum(1), { given: { sentences: [], names: [] } })).rejects.toMatchObject({
      code: 'RECOGNISER_REFUSED',
    });
  });

  test('without any recogniser it is said what would be one', async () => {
    const bare = new TestSurroundings('/nowhere');
    const recording = hum(1);
    await expect(recognise(recording, { at: bare })).rejects.toMatchObject({
      code: 'RECOGNISER_MISSING',
      message: expect.stringMatching(/SPEECH_URL.*SPEECH_COMMAND.*apt-get install pocketsphinx/) as string,
      retryable: false,
    });
    expect(await describeSpeech(speechConfig.parse({}), bare)).toMatch(
      /^speech: nothing recognises it; set SPEECH_URL/,
    );
    bare.remove();
    const modelless = { path: surroundings.path, temporaryFolder: '/nowhere', modelFolder: '/nowhere' };
    expect(await describeSpeech(speechConfig.parse({}), modelless)).toContain('nothing recognises it');
  });

  test('a command and a service come before what is installed', async () => {
    const command = `${process.execPath} -p '"by command"' {wav}`;
    expect(await recognise(hum(1), { env: { SPEECH_COMMAND: command } })).toEqual({
      text: 'by command',
      recogniser: 'command',
      seconds: 1,
    });
    const server = createServer((request, response) => {
      request.resume().on('end', () => response.end('{"text": "by service"}'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await recognise(hum(1), { env: { SPEECH_URL: `http://${host}` } })).toMatchObject({
      text: 'by service',
      recogniser: host,
    });
    server.close();
  });

  test.each([
    ['  Find \n the mail. [BLANK_AUDIO]', 'Find the mail.'],
    ['Знайди листи (сміється) від Івана', 'Знайди листи від Івана'],
    ['[MUSIC]', null],
    ['(wind blowing) ... *music*', null],
    ['you '.repeat(2_000), 'you '.repeat(375).trim()],
    ['x'.repeat(5_000), 'x'.repeat(1_500)],
  ])('of %j only what was said is kept', async (printed, text) => {
    const env = { SPEECH_COMMAND: `${process.execPath} -e 'console.log(${JSON.stringify(printed)})' {wav}` };
    const heard = recognise(hum(1), { env });
    if (text === null) await expect(heard).rejects.toMatchObject({ code: 'NOTHING_RECOGNISED' });
    else expect((await heard).text).toBe(text);
  });

  test('who recognises is told in one line, without the key', async () => {
    const describe = (env: object) => describeSpeech(speechConfig.parse(env), surroundings);
    expect(await describe({})).toBe('speech: pocketsphinx (English)');
    expect(await describe({ SPEECH_COMMAND: '/opt/whisper-cli -f {wav} --token secret' })).toBe(
      'speech: the command whisper-cli',
    );
    expect(await describe({ SPEECH_URL: 'http://whisper:8080', SPEECH_API_KEY: 'secret' })).toBe(
      'speech: whisper:8080 (whisper-1)',
    );
  });

  test('what a killed process has left behind is removed', async () => {
    const left = join(surroundings.temporaryFolder, 'sorting-office-speech-killed');
    mkdirSync(left);
    writeFileSync(join(left, 'recording'), hum(1));
    utimesSync(left, 1, 1);
    await recognise(hum(1), { env: { SPEECH_COMMAND: `${process.execPath} -p '"said"' {wav}` } });
    expect(surroundings.left).toEqual([]);
  });

  test('so many are recognised at a time, and whoever waits can leave', async () => {
    const hang = `${process.execPath} -e 'setInterval(() => 0, 1000)' {wav}`;
    const speech = openSpeech(speechConfig.parse({ SPEECH_COMMAND: hang, SPEECH_CONCURRENCY: '1' }), surroundings);
    const running = speech.recognise(hum(1), hints, ending.signal);
    const leaving = new AbortController();
    const waiting = speech.recognise(hum(1), hints, leaving.signal);
    leaving.abort(new Error('no more'));
    await expect(waiting).rejects.toThrow('no more');
    ending.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
