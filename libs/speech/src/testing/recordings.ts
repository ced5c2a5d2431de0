// Recordings for tests, made by a synthetic voice.
import { execa, type ExecaError } from 'execa';
import { SAMPLE_RATE, wavOf } from '../recording/wav';

/** What an encoder is told; the keys are the formats that browsers and phones record. */
const ENCODINGS = {
  wav: ['-f', 'wav'],
  'wav at 44,100 Hz with two channels': ['-ar', '44100', '-ac', '2', '-f', 'wav'],
  'wav of 8 bit': ['-ar', '8000', '-c:a', 'pcm_u8', '-f', 'wav'],
  'webm with opus': ['-c:a', 'libopus', '-f', 'webm'],
  'ogg with opus': ['-c:a', 'libopus', '-f', 'ogg'],
  'ogg with vorbis': ['-c:a', 'libvorbis', '-f', 'ogg'],
  'mp4 with its index at the end': ['-c:a', 'aac', '-f', 'mp4'],
  'mp4 with its index at the beginning': ['-c:a', 'aac', '-movflags', '+faststart', '-f', 'mp4'],
  'mp4 in fragments': ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4'],
  m4a: ['-c:a', 'aac', '-f', 'ipod'],
  mp3: ['-c:a', 'libmp3lame', '-f', 'mp3'],
} as const;
export type Encoding = keyof typeof ENCODINGS;
export const encodings = Object.keys(ENCODINGS) as readonly Encoding[];

/** espeak-ng's American voice saying a text: a WAV file with 22,050 Hz. */
export const say = (text: string): Promise<Buffer> => run('espeak-ng', ['-v', 'en-us', '--stdout', text]);

/** The same sound in another format. */
export const encode = (recording: Uint8Array, encoding: Encoding): Promise<Buffer> =>
  ffmpeg(['-i', 'pipe:0', ...ENCODINGS[encoding]], encoding, recording);

/** @param input arguments of ffmpeg that make sound, e.g. `-f lavfi -i sine` */
export function ffmpeg(input: readonly string[], suffix: string, stdin?: Uint8Array): Promise<Buffer> {
  // An MP4 is written back and forth, so into a file.
  const script = 'f=$(mktemp) && ffmpeg -nostdin -v error -y "$@" "$f" && cat "$f"; s=$?; rm -f "$f"; exit $s';
  return run('sh', ['-c', script, suffix, ...input], stdin);
}

/** A plain WAV file with a sample for each moment. */
export const plainWav = (seconds: number, sampleAt: (at: number) => number): Buffer =>
  wavOf(Int16Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, at) => sampleAt(at)));

/** A low hum, loud enough to be no silence. */
export const hum = (seconds: number): Buffer =>
  plainWav(seconds, (at) => Math.round(8_000 * Math.sin((2 * Math.PI * 200 * at) / SAMPLE_RATE)));

/** A noise that no encoder can make small; the same each time. */
export const hiss = (seconds: number): Buffer => {
  let state = 1;
  return plainWav(seconds, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 19) - 4_096;
  });
};

async function run(file: string, args: readonly string[], input?: Uint8Array): Promise<Buffer> {
  try {
    const { stdout } = await execa(file, args, { encoding: 'buffer', ...(input && { input }) });
    return Buffer.from(stdout);
  } catch (error) {
    const { code, stderr } = error as ExecaError<{ encoding: 'buffer' }>;
    const why = code === 'ENOENT' ? 'it is not installed' : Buffer.from(stderr).toString();
    throw new Error(
      `${file}: ${why} (the tests of speech need: apt-get install ffmpeg espeak-ng pocketsphinx pocketsphinx-en-us)`,
      { cause: error },
    );
  }
}
