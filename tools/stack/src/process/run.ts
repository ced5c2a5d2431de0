import { spawn } from 'node:child_process';
import { StackError } from '../errors';
import type { User } from './user';

export interface RunOptions {
  /** Default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly user?: User | undefined;
  /** Ends it with SIGTERM. */
  readonly signal?: AbortSignal;
  /** In a process group of its own, which Ctrl-C does not reach. */
  readonly detached?: boolean;
  /** Told each piece of output as it comes. */
  readonly onOutput?: (chunk: string) => void;
  /** Lines of output that the error shows; default 8. */
  readonly tail?: number;
}

const TAIL = 8;

/**
 * Runs a short command to its end.
 * @returns what it printed on stdout
 * @throws StackError COMMAND_FAILED with the end of its output when it cannot be started or fails.
 */
export async function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { user, onOutput, tail = TAIL, ...rest } = options;
  const child = spawn(file, args, {
    cwd: '/',
    ...rest,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  let stdout = '';
  let all = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  for (const stream of [child.stdout, child.stderr.setEncoding('utf8')]) {
    stream.on('data', (chunk: string) => {
      all += chunk;
      onOutput?.(chunk);
    });
  }
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : (signal ?? `exit code ${String(code)}`)));
  });
  if (failure === undefined) return stdout;
  throw new StackError(
    'COMMAND_FAILED',
    `${[file, ...args].join(' ')}: ${failure}\n    ${all.trimEnd().split('\n').slice(-tail).join('\n    ')}`,
  );
}
