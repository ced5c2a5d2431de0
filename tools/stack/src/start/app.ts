import { ManagedProcess } from '../process/managed-process';

/** One of our apps, as data. */
export interface App {
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Answers 200 when the app does its work. */
  readonly healthUrl: string;
}

const READY_WITHIN = 60_000;
const STOP_WITHIN = 30_000;

/** The app as a process whose output lines begin with its name. */
export function appProcess({ name, args, env, cwd, healthUrl }: App, print: (line: string) => void): ManagedProcess {
  return new ManagedProcess({
    name,
    file: process.execPath,
    args,
    env,
    cwd,
    output: (line) => print(`[${name}] ${line}`),
    ready: (signal) => answersOk(healthUrl, signal),
    readyWithin: READY_WITHIN,
    stopWithin: STOP_WITHIN,
  });
}

async function answersOk(url: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal });
  const body = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status} ${body.slice(0, 300)}`);
}
