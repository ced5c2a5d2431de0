import { execa } from 'execa';

/** Bytes of what a program says of its failure that are kept. */
const MAX_COMPLAINT = 2_000;

export interface ProgramOptions {
  /** Given to it on stdin; nothing when absent. */
  readonly input?: Uint8Array;
  /** More than this many bytes on stdout end it. */
  readonly maxOutput: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly folder?: string;
  /** Its whole environment; ours when absent. */
  readonly env?: NodeJS.ProcessEnv;
}

/** How a program ended. */
export interface ProgramEnd {
  readonly how: 'well' | 'failed' | 'not found' | 'too slow' | 'too much output';
  readonly output: Buffer;
  /** The beginning of what it said on stderr. */
  readonly complaint: string;
  /** "exit code 1", "SIGSEGV" */
  readonly status: string;
}

/**
 * Runs a program without a shell, in a process group of its own that is killed as a whole when the time is up, when it says
 * too much, or when the signal aborts. Nothing of it runs any more when this returns.
 *
 * @throws the signal's reason when it aborts; nothing else
 */
export async function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramEnd> {
  options.signal.throwIfAborted();
  const program = execa(file, args, {
    stdin: options.input ? 'pipe' : 'ignore',
    ...(options.input && { input: options.input }),
    encoding: 'buffer',
    buffer: { stdout: true, stderr: false },
    maxBuffer: { stdout: options.maxOutput },
    stripFinalNewline: false,
    reject: false,
    detached: true,
    ...(options.folder !== undefined && { cwd: options.folder }),
    ...(options.env && { env: options.env, extendEnv: false }),
  });
  const complaint: Buffer[] = [];
  let complained = 0;
  program.stderr.on('data', (piece: Buffer) => {
    if (complained < MAX_COMPLAINT) complaint.push(piece.subarray(0, MAX_COMPLAINT - complained));
    complained += piece.length;
  });
  const killGroup = () => {
    if (program.pid === undefined) return;
    try {
      process.kill(-program.pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // It has ended by itself.
    }
  };
  const limit = AbortSignal.timeout(options.timeoutMs);
  const ending = AbortSignal.any([options.signal, limit]);
  ending.addEventListener('abort', killGroup);
  try {
    const result = await program;
    killGroup(); // What it may have started goes with it.
    options.signal.throwIfAborted();
    const how = ((): ProgramEnd['how'] => {
      if (result.isMaxBuffer) return 'too much output';
      if (result.exitCode === 0) return 'well';
      if (result.code === 'ENOENT' || result.code === 'EACCES') return 'not found';
      return limit.aborted ? 'too slow' : 'failed';
    })();
    return {
      how,
      output: Buffer.from(result.stdout),
      complaint: Buffer.concat(complaint).toString('utf8').trim(),
      status: result.signal ?? (result.exitCode === undefined ? 'not started' : `exit code ${result.exitCode}`),
    };
  } finally {
    ending.removeEventListener('abort', killGroup);
  }
}
