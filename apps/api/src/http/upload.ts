import type { RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { Problem } from './problem';

export interface UploadOptions {
  /** The name of the form's field with the file. */
  readonly file: string;
  /** Bytes. */
  readonly maxBytes: number;
  /** Forms that may be in memory at a time, from their first byte until they are answered. */
  readonly maxHeld: number;
  /** What a file that is larger is answered with. */
  readonly tooLarge: () => Problem;
}

/** Reads a form with one file (multipart/form-data) into memory: `request.file` and `request.body`. Lets other bodies be. */
export function upload({ file, maxBytes, maxHeld, tooLarge }: UploadOptions): RequestHandler {
  let held = 0;
  const read = multer({
    storage: multer.memoryStorage(),
    limits: { files: 1, fileSize: maxBytes, fields: 10, fieldNameSize: 100, fieldSize: 10_000, headerPairs: 20 },
  }).single(file);
  return (request, response, next) => {
    if (!request.is('multipart/form-data')) {
      next();
      return;
    }
    if (held >= maxHeld)
      throw new Problem(503, 'UPLOADS_TOO_MANY', `${maxHeld} files are being taken already: try again shortly`);
    held++;
    response.once('close', () => held--);
    void read(request, response, (error: unknown) => {
      if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') next(tooLarge());
      else if (error instanceof Error)
        next(new Problem(400, 'FORM_INVALID', `the form cannot be read: ${reasonOf(error, file)}`));
      else next();
    });
  };
}

const reasonOf = (error: Error, file: string): string =>
  error instanceof MulterError && error.code === 'LIMIT_UNEXPECTED_FILE'
    ? `it may have one file, in the field ${file}, and ${error.field ?? 'another one'} is another`
    : error.message;
