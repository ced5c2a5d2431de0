// Turns a recording into samples. A recording comes from anybody, so ffmpeg is kept short: it is told the format instead of
// guessing (a playlist would be one of its guesses), reads nothing but this one file, has only the decoders of sound, and
// may take so much time, memory and output and no more.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SpeechError } from '../errors';
import { inPrivateFolder } from '../process/private-folder';
import { type ProgramEnd, runProgram } from '../process/run-program';
import type { Surroundings } from '../surroundings';
import { MAX_RECORDING_SECONDS, type RecordingFormat } from './check-recording';
import { SAMPLE_RATE, samplesOfWav, toSamples } from './wav';

/** Seconds that a recording may be longer than allowed: what encoders add at both ends. */
const ENCODERS_PADDING = 0.25;
const LONGEST = (MAX_RECORDING_SECONDS + ENCODERS_PADDING) * SAMPLE_RATE;
/** Seconds that are decoded at most: enough to see that it is too long. */
const DECODED_SECONDS = MAX_RECORDING_SECONDS + 1;
const MAX_OUTPUT = (DECODED_SECONDS + 1) * SAMPLE_RATE * 2;
const TIMEOUT_MS = 20_000;
/** Bytes that ffmpeg may allocate for any one thing. */
const MAX_ALLOCATION = 64 * 1024 * 1024;

/** Of something in ffmpeg's memory. */
const ADDRESS = / @ 0x[0-9a-f]+/g;
const FILE = 'recording';

const DEMUXERS: Readonly<Record<RecordingFormat, string>> = {
  wav: 'wav',
  webm: 'matroska',
  ogg: 'ogg',
  mp4: 'mp4',
  mp3: 'mp3',
};
/** What people's devices and browsers record with. */
const CODECS = [
  'opus', 'libopus', 'vorbis', 'libvorbis', 'flac', 'aac', 'aac_fixed', 'libfdk_aac', 'alac', 'mp3', 'mp3float', 'mp2', 'mp2float',
  'pcm_u8', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_s32be', 'pcm_f32le', 'pcm_f32be', 'pcm_f64le',
  'pcm_alaw', 'pcm_mulaw', 'adpcm_ms', 'adpcm_ima_wav', 'adpcm_ima_qt', 'gsm_ms', 'libgsm_ms', 'speex', 'libspeex', 'amrnb', 'amrwb',
]; // prettier-ignore

/**
 * @returns 16,000 samples of 16 bit for each second, one channel
 * @throws SpeechError RECORDING_CORRUPT, RECORDING_TOO_LONG or DECODER_MISSING
 */
export async function decodeRecording(
  recording: Uint8Array,
  format: RecordingFormat,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Int16Array> {
  const samples =
    (format === 'wav' ? samplesOfWav(recording) : null) ?? (await convert(recording, format, surroundings, signal));
  if (samples.length === 0) throw corrupt(format, 'there is no sound in it');
  if (samples.length > LONGEST) {
    throw new SpeechError(
      'RECORDING_TOO_LONG',
      `the recording is longer than ${MAX_RECORDING_SECONDS} seconds: say it in fewer words`,
    );
  }
  return samples;
}

function convert(
  recording: Uint8Array,
  format: RecordingFormat,
  { path, temporaryFolder }: Surroundings,
  signal: AbortSignal,
): Promise<Int16Array> {
  return inPrivateFolder(async (folder) => {
    // A file, since the index of an MP4 is often at its end.
    await writeFile(join(folder, FILE), recording, { mode: 0o600 });
    const end = await runProgram('ffmpeg', argumentsFor(format), {
      maxOutput: MAX_OUTPUT,
      timeoutMs: TIMEOUT_MS,
      signal,
      folder,
      env: { PATH: path },
    });
    return samplesOf(end, format);
  }, temporaryFolder);
}

function argumentsFor(format: RecordingFormat): string[] {
  const general = ['-nostdin', '-hide_banner', '-v', 'error', '-max_alloc', String(MAX_ALLOCATION)];
  const input = ['-f', DEMUXERS[format], '-protocol_whitelist', 'file', '-codec_whitelist', CODECS.join(',')];
  const sound = ['-map', '0:a:0', '-vn', '-sn', '-dn'];
  const output = ['-t', String(DECODED_SECONDS), '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le'];
  return [...general, '-threads', '1', ...input, '-i', FILE, ...sound, '-threads', '1', ...output, 'pipe:1'];
}

function samplesOf({ how, output, complaint, status }: ProgramEnd, format: RecordingFormat): Int16Array {
  switch (how) {
    case 'well':
      return toSamples(output);
    case 'not found':
      throw new SpeechError(
        'DECODER_MISSING',
        `a recording as ${format} needs ffmpeg, which is not installed: install it (Debian, Ubuntu: apt-get install ffmpeg), or send WAV with 16 bit, one channel and 16,000 Hz`,
      );
    case 'too slow':
      throw corrupt(format, `it is not decoded within ${TIMEOUT_MS / 1000} seconds`);
    case 'too much output':
      throw corrupt(format, 'it decodes to more than it may');
    case 'failed':
      throw corrupt(format, complaint === '' ? status : complaint.replace(ADDRESS, ''));
  }
}

const corrupt = (format: RecordingFormat, why: string): SpeechError =>
  new SpeechError('RECORDING_CORRUPT', `the recording cannot be decoded as ${format}: ${why.slice(0, 300)}`);
