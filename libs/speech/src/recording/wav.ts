// Reads and writes WAV files (RIFF) with the one kind of samples that recognisers want: 16 bit, one channel, 16,000 in a second.

export const SAMPLE_RATE = 16_000;
const HEADER = 44;
const PCM = 1;

/** The samples of a WAV file of just that kind; null of any other, which has to be converted. */
export function samplesOfWav(file: Uint8Array): Int16Array | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let isOurs = false;
  for (let at = 12; at + 8 <= file.length;) {
    const name = chunkName(file, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === 'fmt ' && start + 16 <= file.length) {
      isOurs =
        view.getUint16(start, true) === PCM &&
        view.getUint16(start + 2, true) === 1 &&
        view.getUint32(start + 4, true) === SAMPLE_RATE &&
        view.getUint16(start + 14, true) === 16;
    } else if (name === 'data') {
      // Whoever writes while recording does not know the size yet: then, and when the end is missing, what is there counts.
      const bytes = Math.min(size === 0 ? Infinity : size, file.length - start);
      return isOurs ? toSamples(file.subarray(start, start + bytes)) : null;
    }
    at = start + size + (size % 2);
  }
  return null;
}

/** A WAV file. */
export function wavOf(samples: Int16Array): Buffer {
  const file = Buffer.alloc(HEADER + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(PCM, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLE_RATE, 24);
  file.writeUInt32LE(SAMPLE_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples.length * 2, 40);
  toBytes(samples).copy(file, HEADER);
  return file;
}

/** Little-endian samples; half of one at the end is left out. */
export function toSamples(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length >> 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < samples.length; at++) samples[at] = view.getInt16(at * 2, true);
  return samples;
}

export function toBytes(samples: Int16Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, at) => bytes.writeInt16LE(sample, at * 2));
  return bytes;
}

const chunkName = (file: Uint8Array, at: number): string => String.fromCharCode(...file.subarray(at, at + 4));
