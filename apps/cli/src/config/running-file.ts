import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { usageError } from '../errors';

/** What `npm start` tells scripts about the system that it keeps running. */
const runningFile = z.object({
  apiUrl: z.url(),
  token: z.string(),
  databaseUrl: z.string().optional(),
  amqpUrl: z.string().optional(),
  managementUrl: z.string().optional(),
  workerHealthUrl: z.url().optional(),
});
export type Running = z.infer<typeof runningFile> & {
  /** The file it was read from. */
  readonly path: string;
};

/**
 * Reads the nearest `.stack/running.json`, upwards from a folder; null when there is none.
 *
 * @throws OfficeError CONFIGURATION_INVALID when it cannot be read or is not what it should be.
 */
export function findRunning(folder: string): Running | null {
  const path = join(folder, '.stack', 'running.json');
  if (existsSync(path)) return { ...readRunning(path), path };
  const parent = dirname(folder);
  return parent === folder ? null : findRunning(parent);
}

function readRunning(path: string): z.infer<typeof runningFile> {
  try {
    return runningFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw usageError('CONFIGURATION_INVALID', `${path} cannot be used: ${reason}`, [
      'Start again with `npm start`, or set OFFICE_URL and OFFICE_TOKEN.',
    ]);
  }
}
