import { existsSync, readFileSync } from 'node:fs';
import { writeOwned } from '../servers/owned-file';

/**
 * The token of the last start if it still works, else a new one, which is kept for the next.
 * @param path the file that keeps it
 * @param works asks the API
 * @param create has the CLI make one
 */
export async function usableToken(
  path: string,
  works: (token: string) => Promise<boolean>,
  create: () => Promise<string>,
): Promise<string> {
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (kept !== '' && (await works(kept))) return kept;
  const token = (await create()).trim();
  writeOwned(path, `${token}\n`, undefined);
  return token;
}
