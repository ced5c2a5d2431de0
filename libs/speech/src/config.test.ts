import { z } from 'zod';
import { speechConfig } from './config';

const messageFor = (env: Record<string, string>): string => {
  const { error } = speechConfig.safeParse(env);
  return error ? z.prettifyError(error) : '';
};

test('nothing has to be set, and an empty variable is not set', () => {
  const defaults = {
    SPEECH_MODEL: 'whisper-1',
    SPEECH_LANGUAGE: 'auto',
    SPEECH_TIMEOUT_SECONDS: 60,
    SPEECH_CONCURRENCY: 2,
  };
  expect(speechConfig.parse({})).toEqual(defaults);
  const empty = Object.fromEntries(Object.keys(speechConfig.shape).map((name) => [name, '']));
  expect(speechConfig.parse(empty)).toEqual(defaults);
});

test('a command is split into a program and its arguments', () => {
  const config = speechConfig.parse({ SPEECH_COMMAND: `whisper-cli -m '/my models/base.bin' -f {wav}` });
  expect(config.SPEECH_COMMAND).toEqual({
    program: 'whisper-cli',
    parameters: ['-m', '/my models/base.bin', '-f', '{wav}'],
  });
});

test.each<[Record<string, string>, RegExp]>([
  [{ SPEECH_URL: 'http://whisper:8080', SPEECH_COMMAND: 'whisper {wav}' }, /both set.*SPEECH_COMMAND/s],
  [{ SPEECH_URL: 'whisper:8080' }, /must look like https:\/\/host\/v1/],
  [{ SPEECH_URL: 'ftp://whisper' }, /must look like/],
  [{ SPEECH_URL: 'https://me:secret@whisper' }, /SPEECH_API_KEY is for that/],
  [{ SPEECH_COMMAND: 'whisper' }, /\{wav\} among them/],
  [{ SPEECH_COMMAND: '{wav}' }, /\{wav\} among them/],
  [{ SPEECH_COMMAND: 'whisper "{wav}' }, /each quote closed/],
  [{ SPEECH_LANGUAGE: 'de' }, /SPEECH_LANGUAGE/],
  [{ SPEECH_TIMEOUT_SECONDS: '0' }, /SPEECH_TIMEOUT_SECONDS/],
  [{ SPEECH_CONCURRENCY: '1.5' }, /SPEECH_CONCURRENCY/],
])('%p is refused', (env, message) => {
  expect(messageFor(env)).toMatch(message);
  expect(messageFor(env)).not.toContain('secret');
});
