import { AsyncLocalStorage } from 'node:async_hooks';
import { join, relative, sep } from 'node:path';

export const workspaceRoot = join(__dirname, '../../../..');

/** A place in the sources that sends a statement, as it is written in messages: `libs/db/src/tasks/outbox.ts:13`. */
export type Site = string;

/** From where the statement is sent that is being sent now. */
const sending = new AsyncLocalStorage<Site>();

/** Runs what sends statements as sent by a place in the sources. */
export const sentFrom = <T>(site: Site, send: () => T): T => sending.run(site, send);

/** The place that sends the present statement; null when it was sent by none that asked a unit of work. */
export const sendingSite = (): Site | null => sending.getStore() ?? null;

/** The place that has called a function, which is on the stack. */
export function callerOf(called: (...args: never[]) => unknown): Site {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, called);
  const frame = trace.stack?.split('\n')[1] ?? '';
  const [, file = '', line = ''] = /(?:\(|at )(?:async )?(?:file:\/\/)?(\/[^()]+):(\d+):\d+\)?$/.exec(frame) ?? [];
  if (file === '') throw new Error(`nothing can be told from the stack's line "${frame}"`);
  return `${relative(workspaceRoot, file).split(sep).join('/')}:${line}`;
}
