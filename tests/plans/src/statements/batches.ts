// The statements of batches: libs/db/src/tasks/batch.ts, cancel-batch.ts.
import {
  BatchCancelledError,
  cancelBatchesOf,
  cancelTask,
  completeTask,
  endBatchMember,
  failTask,
  newId,
  type NewTask,
  openBatch,
  type QueuedTask,
  replayTask,
} from '@sorting-office/db';
import type { Office } from './office';

const error = { code: 'ON_PURPOSE', message: 'on purpose' };

/** Opens a batch with members, as a task does. */
async function opened(office: Office, members: number, batchId: string | null = null) {
  const opener = await office.insert({ batchId });
  const id = newId();
  const row = (overrides: Partial<NewTask> = {}): NewTask => ({
    ...{ ...opener, id: newId(), maxAttempts: 3, runAt: null, uniqueKey: null, idempotencyKey: null },
    ...overrides,
  });
  const children = Array.from({ length: members }, () => row({ batchId: id }));
  const publish = await office.commit((db) =>
    openBatch(db, {
      ...{ id, accountId: office.accountId, taskId: opener.id, children },
      continuation: row({ batchId, name: 'sort_report' }),
    }),
  );
  return { id, opener, publish };
}

const first = ([task]: readonly QueuedTask[]): QueuedTask => {
  if (!task) throw new Error('the batch has nobody to end');
  return task;
};

export async function batchStatements(office: Office): Promise<void> {
  const { commit } = office;
  await opened(office, 0);
  const batch = await opened(office, 4);
  const [one, two, three] = batch.publish as [QueuedTask, QueuedTask, QueuedTask];
  await commit(async (db) => {
    await completeTask(db, one);
    return endBatchMember(db, batch.id, 'succeeded', 1);
  });
  await commit((db) => failTask(db, { task: two, error, worker: 'host/1' }));
  await commit((db) => replayTask(db, two.id, 3, null));
  await commit((db) => cancelTask(db, three.id));
  await commit((db) => replayTask(db, three.id, 3, null));

  // The last member goes on to the continuation; whoever is replayed afterwards is on its own.
  const last = await opened(office, 1);
  const member = first(last.publish);
  await commit((db) => failTask(db, { task: member, error, worker: 'host/1' }));
  await commit((db) => replayTask(db, member.id, 3, null));
}

/** Batches within batches, called off from the outermost, and what a member finds that ends afterwards. */
export async function cancelStatements(office: Office): Promise<void> {
  const { database, commit } = office;
  const outer = await opened(office, 3);
  await opened(office, 600, outer.id);
  await commit((db) => completeTask(db, first(outer.publish)));
  await cancelBatchesOf(database, outer.opener.id);
  await commit((db) => endBatchMember(db, outer.id, 'succeeded')).then(
    () => Promise.reject(new Error('a member of a batch that was called off has succeeded')),
    (refused: unknown) => {
      if (!(refused instanceof BatchCancelledError)) throw refused;
    },
  );
}
