import { hum } from '../testing/recordings';
import { checkRecording, MAX_RECORDING_BYTES } from './check-recording';

const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

test.each([
  ['nothing', Buffer.alloc(0), 'RECORDING_EMPTY'],
  ['more than 5 MB', Buffer.concat([hum(1), Buffer.alloc(MAX_RECORDING_BYTES)]), 'RECORDING_TOO_LARGE'],
  ['a text', bytes('find the emails from Ivan'), 'RECORDING_FORMAT_UNKNOWN'],
  ['one byte', bytes([0]), 'RECORDING_FORMAT_UNKNOWN'],
  ['a picture', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], [0, 0, 0, 13], 'IHDR'), 'RECORDING_FORMAT_UNKNOWN'],
  ['a playlist', bytes('#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n'), 'RECORDING_FORMAT_UNKNOWN'],
  ['a list of files for ffmpeg', bytes("ffconcat version 1.0\nfile '/etc/passwd'\n"), 'RECORDING_FORMAT_UNKNOWN'],
  ['a RIFF that is no WAVE', bytes('RIFF', [4, 0, 0, 0], 'AVI LIST'), 'RECORDING_FORMAT_UNKNOWN'],
])('%s is refused', async (_, recording, code) => {
  await expect(checkRecording(recording)).rejects.toMatchObject({ code, retryable: false });
});

test('just 5 MB are taken', async () => {
  const recording = Buffer.concat([hum(1)], MAX_RECORDING_BYTES);
  expect(await checkRecording(recording)).toEqual({ format: 'wav', mediaType: 'audio/wav' });
});

test('a view into a larger buffer is judged by itself', async () => {
  const larger = Buffer.concat([Buffer.from('x'.repeat(10)), hum(0.1)]);
  expect(await checkRecording(larger.subarray(10))).toMatchObject({ format: 'wav' });
  await expect(checkRecording(larger.subarray(0, 10))).rejects.toMatchObject({ code: 'RECORDING_FORMAT_UNKNOWN' });
});
