// A recording travels to its worker as a row of its own, in the transaction that enqueues its task, and goes with the end of that
// task: whoever ends a task deletes it in the same transaction.
import { Recording } from '../models/search';
import type { UnitOfWork } from '../unit-of-work';

/** Keeps a recording for a task that the same unit of work inserts. One statement. */
export async function keepRecording(
  db: UnitOfWork,
  { taskId, accountId, audio }: { taskId: string; accountId: string; audio: Uint8Array },
): Promise<void> {
  await db.execute('INSERT INTO recordings (task_id, account_id, audio) VALUES (?, ?, ?)', [
    taskId,
    accountId,
    Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength),
  ]);
}

/** The recording of a task, or null when there is none any more. By primary key. */
export async function findRecording(
  db: UnitOfWork,
  task: { id: string; accountId: string },
): Promise<Uint8Array | null> {
  const recording = await db(Recording).select('audio').findOne({ task_id: task.id, account_id: task.accountId });
  return recording?.audio ?? null;
}

/** Deletes the recording of a task, if it has one. By primary key. */
export async function deleteRecording(db: UnitOfWork, taskId: string): Promise<void> {
  await db.execute('DELETE FROM recordings WHERE task_id = ?', [taskId]);
}
