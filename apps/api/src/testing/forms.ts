/** Recordings for tests of the API, which looks at no more of them than what they are. */

/** A WAV file of so many samples of silence, 16,000 a second. */
export function wav(samples = 160): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples * 2, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples * 2, 40);
  return new Uint8Array(Buffer.concat([header, Buffer.alloc(samples * 2)]));
}

/** A form with fields, and files by the name of their field. */
export function form(fields: Record<string, string>, files: Record<string, Uint8Array<ArrayBuffer>[]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  for (const [name, contents] of Object.entries(files))
    for (const bytes of contents) data.append(name, new Blob([bytes]), 'recording');
  return data;
}
