import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { missingPrograms, speak, voices } from './voices';

const [espeak] = voices.filter(({ name }) => name === 'espeak-ng');

test('a voice says a text into a WAV file that tells its length, and leaves nothing behind', async () => {
  if (!espeak) throw new Error('there is no such voice');
  const files: string[] = [];
  const watched = { ...espeak, args: (text: string, file: string) => (files.push(file), espeak.args(text, file)) };
  const wav = Buffer.from(await speak(watched, '- what did Ivan write'));
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
  expect(wav.length).toBeGreaterThan(22_050);
  expect(files.map((file) => existsSync(dirname(file)))).toEqual([false]);
});

test('a voice that cannot be asked is an error', async () => {
  await expect(speak({ name: 'none', program: 'no-such-program', args: () => [] }, 'hello')).rejects.toThrow('ENOENT');
});

test('programs that are not installed are told', async () => {
  expect(await missingPrograms(['node', 'no-such-program'])).toEqual(['no-such-program']);
});
