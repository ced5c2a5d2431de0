import { errorDocument, OfficeError } from './errors';
import { renderError } from './render/errors';
import { styleOf } from './render/style';
import { json } from './render/text';
import { type CommonOptions, openSession, type Outcome, type Session } from './session';
import type { Surroundings } from './surroundings';

/**
 * Runs one command and prints what it ends with: its outcome on stdout, or its error on stderr. With `--json` stdout has exactly
 * one document either way. Returns the exit code.
 */
export async function perform(
  options: CommonOptions,
  surroundings: Surroundings,
  run: (session: Session) => Promise<Outcome>,
): Promise<number> {
  const { stdout, stderr, env } = surroundings;
  const print = (document: unknown) => stdout.write(`${json(document)}\n`);
  try {
    const { document, render, exitCode = 0 } = await inSession(options, surroundings, run);
    if (options.json) print(document);
    else stdout.write(`${render(styleOf(stdout, env))}\n`);
    return exitCode;
  } catch (error) {
    if (!(error instanceof OfficeError)) throw error;
    stderr.write(`${renderError(error, styleOf(stderr, env))}\n`);
    if (options.json) print(errorDocument(error));
    return error.exitCode;
  }
}

async function inSession(
  options: CommonOptions,
  surroundings: Surroundings,
  run: (session: Session) => Promise<Outcome>,
): Promise<Outcome> {
  const session = openSession(options, surroundings);
  try {
    return await run(session);
  } finally {
    session.progress.end();
  }
}
