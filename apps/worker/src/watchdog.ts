/**
 * Ends the process when a task keeps it from doing anything else: an endless loop is beyond the reach of every signal and time
 * limit of its own thread, so a thread of its own looks on.
 *
 * ```
 *   this thread:  beats once a second ----(shared memory)----> watchdog: counts its own seconds without a beat
 *                                                              bound reached: says so, SIGKILL
 * ```
 *
 * The watchdog counts its own ticks and reads no clock: a process that was frozen as a whole, and woken, is not blamed for it.
 */
import { Worker as Thread } from 'node:worker_threads';

const beatMs = 1000;

/** The thread's program. It gets the shared counter and the number of beats that may be missing. */
const program = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const beats = new Int32Array(workerData.beats);
  let last = -1, missed = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    missed = now === last ? missed + 1 : 0;
    last = now;
    if (missed < workerData.most) return;
    writeSync(2, JSON.stringify({ level: 'fatal', time: new Date().toISOString(), pid: process.pid, msg:
      'nothing else could run for ' + workerData.most + ' s: a task blocks the process, which ends here' }) + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, ${beatMs});
`;

/** Watches the thread that calls it. @param seconds how long it may be blocked. @returns what ends the watch. */
export function startWatchdog(seconds: number): () => Promise<void> {
  const shared = new SharedArrayBuffer(4);
  const beats = new Int32Array(shared);
  const beating = setInterval(() => Atomics.add(beats, 0, 1), beatMs);
  beating.unref();
  const thread = new Thread(program, { eval: true, workerData: { beats: shared, most: Math.ceil(seconds) } });
  thread.unref();
  return async () => {
    clearInterval(beating);
    await thread.terminate();
  };
}
