import { type Database, keepRecording, Search, Task } from '@sorting-office/db';
import { searchResult } from '@sorting-office/tasks';
import type { Request } from 'express';
import { z } from 'zod';
import { Problem } from '../http/problem';
import type { RouteAnswer } from '../http/route';
import { enqueueTask } from '../tasks/enqueue-task';
import { showTask } from '../tasks/show-task';
import type { TaskEnds } from '../tasks/task-ends';
import { enqueueHeaders, type TaskRoutesParts } from '../routes/tasks';
import type { SearchInput } from './search-input';
import type { searchAnswer } from './search-view';

export interface SearchRoutesParts extends TaskRoutesParts {
  ends: TaskEnds;
}

export const waitQuery = z.object({
  wait: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(0)
    .meta({ description: 'Seconds to wait for the result, up to 60; it comes at once when it is there' }),
});

/**
 * Enqueues a search, with its recording and its place among the owner's searches in the same transaction, and waits for it.
 *
 * @throws Problem with the task's code when the search has failed.
 */
export async function askSearch(
  parts: SearchRoutesParts,
  { payload, recording }: SearchInput,
  { accountId, wait, request }: { accountId: string; wait: number; request: Request },
): Promise<RouteAnswer> {
  const headers = enqueueHeaders.safeParse(request.headers);
  if (!headers.success) throw Problem.invalid('header', headers.error);
  const { id } = await enqueueTask(
    parts,
    parts.registry.get('voice_search'),
    payload,
    { accountId, idempotencyKey: headers.data['idempotency-key'] },
    async (db, taskId) => {
      if (recording) await keepRecording(db, { taskId, accountId, audio: recording });
      await db(Search).insert({
        id: taskId,
        account_id: accountId,
        mailbox_id: payload.mailboxId,
        spoken: recording !== null,
        text: payload.text ?? null,
        timezone: payload.timezone,
        page_size: payload.limit,
      });
    },
  );
  const { database, ends } = parts;
  const end = await ends.wait(id, () => lookAt(database, accountId, id), wait * 1000, gone(request));
  if (end.state !== 'queued') return answerEnded(end);
  return { status: 202, location: `/api/tasks/${id}`, body: await showTask(database, accountId, id) };
}

type SearchEnd = Pick<Task, 'id' | 'state' | 'result' | 'error'>;

/** What an answer is made of, once there is one. One statement, as a search is looked at more than once. */
async function lookAt(database: Database, accountId: string, id: string): Promise<SearchEnd> {
  const look = await database.read((db) =>
    db(Task).select('id', 'state', 'result', 'error').findOne({ id, account_id: accountId }),
  );
  if (!look) throw Problem.notFound('task', id);
  return look;
}

/** Aborted when whoever asks has gone. */
function gone({ res }: Request): AbortSignal {
  const left = new AbortController();
  res?.once('close', () => left.abort());
  return left.signal;
}

function answerEnded({ id, state, result, error }: SearchEnd): RouteAnswer {
  if (state === 'cancelled') throw new Problem(409, 'SEARCH_CANCELLED', `search ${id} was cancelled`);
  if (state === 'failed') {
    const { code, message } = error ?? { code: 'TASK_FAILED', message: 'nobody says why' };
    throw new Problem(422, code, message);
  }
  const body: z.infer<typeof searchAnswer> = { id, ...searchResult.parse(result) };
  return { status: 200, location: `/api/searches/${id}`, body };
}
