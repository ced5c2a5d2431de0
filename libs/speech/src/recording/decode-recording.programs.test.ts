import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode, type Encoding, encodings, ffmpeg, hiss, hum, plainWav } from '../testing/recordings';
import { TestSurroundings } from '../testing/surroundings';
import { checkRecording } from './check-recording';
import { decodeRecording } from './decode-recording';
import { loudestDbfs } from './loudness';

describe('decoding with ffmpeg', () => {
  let surroundings: TestSurroundings;
  const signal = new AbortController().signal;

  beforeEach(() => {
    surroundings = new TestSurroundings();
  });

  afterEach(() => surroundings.remove());

  async function decode(recording: Uint8Array): Promise<Int16Array> {
    const { format } = await checkRecording(recording);
    return decodeRecording(recording, format, surroundings, signal);
  }

  test.each(encodings)('%s: as long and as loud as before', async (encoding) => {
    const samples = await decode(await encode(hum(2), encoding));
    expect(Math.abs(samples.length / 16_000 - 2)).toBeLessThan(0.15);
    expect(Math.abs(loudestDbfs(samples) - loudestDbfs(await decode(hum(2))))).toBeLessThan(4);
  });

  test.each<Encoding>(['webm with opus', 'ogg with vorbis', 'mp3', 'wav'])(
    '%s: of a recording that ends early, what is there',
    async (encoding) => {
      const whole = await encode(hiss(4), encoding);
      const samples = await decode(whole.subarray(0, Math.floor(whole.length / 2)));
      expect(samples.length / 16_000).toBeGreaterThan(0.9);
      expect(samples.length / 16_000).toBeLessThan(3);
    },
  );

  test('of a film its sound', async () => {
    const film = ['-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-f', 'lavfi', '-i', 'sine=d=1'];
    for (const format of [
      ['-c:v', 'libvpx', '-c:a', 'libopus', '-f', 'webm'],
      ['-c:v', 'libtheora', '-c:a', 'libvorbis', '-f', 'ogg'],
      ['-c:v', 'mpeg4', '-c:a', 'aac', '-f', 'mp4'],
    ]) {
      const samples = await decode(await ffmpeg([...film, ...format], 'film'));
      expect(samples.length / 16_000).toBeCloseTo(1, 0);
    }
  });

  test('a film without sound is refused', async () => {
    const film = await ffmpeg(['-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-c:v', 'libvpx', '-f', 'webm'], 'film');
    await expect(decode(film)).rejects.toMatchObject({ code: 'RECORDING_CORRUPT' });
  });

  test('30 seconds are taken, 31 and ten minutes are not', async () => {
    expect((await decode(await encode(hum(30), 'mp3'))).length / 16_000).toBeCloseTo(30, 0);
    expect(await decode(hum(30))).toHaveLength(480_000);
    const minutes = await ffmpeg(
      ['-f', 'lavfi', '-i', 'sine=d=600', '-b:a', '16k', '-c:a', 'libopus', '-f', 'ogg'],
      'ogg',
    );
    for (const recording of [hum(31), await encode(hum(31), 'webm with opus'), minutes]) {
      await expect(decode(recording)).rejects.toMatchObject({ code: 'RECORDING_TOO_LONG', retryable: false });
    }
  });

  const noise = (length: number) =>
    Buffer.from(Array.from({ length }, (_, at) => (at * at * 31 + (at >> 3) * 17) & 0xff));
  const start = async (encoding: Encoding, length: number) => (await encode(hum(1), encoding)).subarray(0, length);

  test.each<[string, () => Promise<Buffer>]>([
    ['an MP4 without its index', () => start('mp4 with its index at the end', 4_000)],
    [
      'the first bytes of a WebM and noise',
      async () => Buffer.concat([await start('webm with opus', 60), noise(20_000)]),
    ],
    [
      'the first bytes of an Ogg and noise',
      async () => Buffer.concat([await start('ogg with opus', 40), noise(20_000)]),
    ],
    ['the first bytes of an MP4 and noise', async () => Buffer.concat([await start('m4a', 32), noise(20_000)])],
    ['a WAV with nothing in it', () => Promise.resolve(plainWav(0, () => 0))],
    ['a WAV of another kind, cut within its header', async () => await start('wav of 8 bit', 30)],
  ])('%s is corrupt', async (_, recording) => {
    await expect(decode(await recording())).rejects.toMatchObject({ code: 'RECORDING_CORRUPT', retryable: false });
  });

  test.each(['wav', 'webm', 'ogg', 'mp4', 'mp3'] as const)('zeros that claim to be %s are corrupt', async (format) => {
    const decoding = decodeRecording(Buffer.alloc(10_000), format, surroundings, signal);
    const error = { code: 'RECORDING_CORRUPT', message: expect.not.stringMatching(/ @ 0x|\/tmp/) as string };
    await expect(decoding).rejects.toMatchObject(error);
  });

  test('a format is not guessed, and a codec that no device records with is not decoded', async () => {
    const sine = ['-f', 'lavfi', '-i', 'sine=d=1'];
    const aiff = await ffmpeg([...sine, '-f', 'aiff'], 'aiff');
    const strange = await ffmpeg([...sine, '-c:a', 'wmav2', '-f', 'wav'], 'wav');
    for (const recording of [aiff, strange]) {
      await expect(decodeRecording(recording, 'wav', surroundings, signal)).rejects.toMatchObject({
        code: 'RECORDING_CORRUPT',
      });
    }
  });

  test('a recording cannot have other files or addresses read, whatever format it claims', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
    const heard: string[] = [];
    const server = createServer((request, response) => {
      heard.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const secret = join(elsewhere, 'secret.wav');
    writeFileSync(secret, hum(1));
    const playlists = [
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${secret}\n#EXT-X-ENDLIST\n`,
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${address}/playlist\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile '${secret}'\n`,
      `ffconcat version 1.0\nfile '${address}/concat'\n`,
    ];
    for (const playlist of playlists) {
      for (const format of ['wav', 'webm', 'ogg', 'mp4', 'mp3'] as const) {
        const decoding = decodeRecording(Buffer.from(playlist), format, surroundings, signal);
        await expect(decoding).rejects.toMatchObject({ code: 'RECORDING_CORRUPT' });
      }
    }
    expect(heard).toEqual([]);
    server.close();
    rmSync(elsewhere, { recursive: true });
  });

  test('a rate of one sample a second does not become hours of sound', async () => {
    const slow = Buffer.concat([hum(1), Buffer.alloc(4_000_000, 1)]);
    slow.writeUInt32LE(1, 24);
    slow.writeUInt32LE(2, 28);
    slow.writeUInt32LE(slow.length - 44, 40);
    await expect(decode(slow)).rejects.toMatchObject({ code: expect.stringMatching(/TOO_LONG|CORRUPT/) as string });
  });

  test('without ffmpeg plain WAV is still taken, and the rest refused with what to install', async () => {
    const webm = await encode(hum(1), 'webm with opus');
    const { temporaryFolder, modelFolder } = surroundings;
    const bare = { temporaryFolder, modelFolder, path: '/nowhere' };
    expect(await decodeRecording(hum(1), 'wav', bare, signal)).toHaveLength(16_000);
    await expect(decodeRecording(webm, 'webm', bare, signal)).rejects.toMatchObject({
      code: 'DECODER_MISSING',
      message: expect.stringContaining('apt-get install ffmpeg') as string,
      retryable: false,
    });
  });

  test('an aborted decoding ends with the reason', async () => {
    const webm = await encode(hum(1), 'webm with opus');
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(decodeRecording(webm, 'webm', surroundings, aborted)).rejects.toThrow('enough');
  });
});
