import { type Database, forgetSearch, Search, tableBy, Task, type UnitOfWork } from '@sorting-office/db';
import { searchPayload, searchResult } from '@sorting-office/tasks';
import type { z } from 'zod';
import { idParams } from '../http/openapi';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { askSearch, type SearchRoutesParts, waitQuery } from '../searches/ask-search';
import { readRecording, searchContents, searchInput } from '../searches/search-input';
import { searchAnswer, searchDetail, searchView, viewSearch } from '../searches/search-view';
import { cancelPatiently } from '../tasks/cancel-patiently';
import { taskDetail } from '../tasks/task-view';
import { askToStop } from './cancel-task';
import { enqueueHeaders } from './tasks';

const tag = 'searches';

const answers = {
  200: { description: 'What was found', schema: searchAnswer },
  202: { description: 'It takes longer: its task', schema: taskDetail },
  409: { description: 'The search was cancelled' },
  422: { description: 'The search has failed, or the Idempotency-Key was used with another search' },
};

/** Searching by voice or in writing, and the searches that are kept. */
export function searchRoutes(parts: SearchRoutesParts): Route[] {
  const { database } = parts;
  return [askRoute(parts), listRoute(database), showRoute(database), repeatRoute(parts), deleteRoute(parts)];
}

function askRoute(parts: SearchRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/searches',
    action: 'search.ask',
    summary: 'Find mails by what is said of them: text as JSON, or a recording as a form',
    tag,
    headers: enqueueHeaders,
    query: waitQuery,
    contents: searchContents,
    before: [readRecording()],
    answers: {
      ...answers,
      400: { description: 'The search is not valid, or there is no recording' },
      413: { description: 'The recording is too large' },
      415: { description: 'The recording is of no format that is taken' },
    },
    run: async ({ query: { wait }, accountId, request }) =>
      askSearch(parts, await searchInput(request), { accountId, wait, request }),
  });
}

function listRoute(database: Database): Route {
  return route({
    method: 'get',
    path: '/api/searches',
    summary: 'Searches, the newest first',
    tag,
    query: pageQuery,
    answers: {
      200: { description: 'A page of searches', schema: pageOf(searchView) },
      400: { description: 'The query is not valid' },
    },
    run: async ({ query: { cursor, limit }, accountId }) => ({
      status: 200,
      body: await database.read(async (db) => {
        const query = db(Search).from(tableBy(Search, 'searches_account')).where({ account_id: accountId });
        if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor));
        const { items, next } = toPage(await query.orderBy('id', 'desc').limit(limit + 1), limit);
        const ids = items.map(({ id }) => id);
        const tasks = await db(Task).select('id', 'state', 'error').whereIn('id', ids);
        const taskOf = new Map(tasks.map((task) => [task.id, task]));
        return { items: items.map((search) => viewSearch(search, taskOf.get(search.id))), next };
      }),
    }),
  });
}

function showRoute(database: Database): Route {
  return route({
    method: 'get',
    path: '/api/searches/:id',
    summary: 'One search, with what it has found',
    tag,
    params: idParams,
    answers: {
      200: { description: 'The search', schema: searchDetail },
      404: { description: 'There is no such search' },
    },
    run: async ({ params: { id }, accountId }) => ({
      status: 200,
      body: await database.read(async (db): Promise<z.infer<typeof searchDetail>> => {
        const search = await findSearch(db, accountId, id);
        const task = await db(Task).findById(id);
        const result = searchResult.safeParse(task?.result);
        return { ...viewSearch(search, task), result: result.success ? result.data : null };
      }),
    }),
  });
}

function repeatRoute(parts: SearchRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/searches/:id/repeat',
    action: 'search.repeat',
    summary: 'Ask the same words again, as a new search: "yesterday" is another day by now',
    tag,
    params: idParams,
    headers: enqueueHeaders,
    query: waitQuery,
    answers: {
      ...answers,
      404: { description: 'There is no such search' },
      409: { description: 'Nobody knows what was said' },
    },
    run: async ({ params: { id }, query: { wait }, accountId, request }) => {
      const search = await parts.database.read((db) => findSearch(db, accountId, id));
      if (search.text === null)
        throw new Problem(
          409,
          'SEARCH_NOT_HEARD',
          `nobody knows what was said in search ${id}, and its recording is gone or about to be listened to: record it again`,
        );
      const { mailbox_id: mailboxId, text, timezone, page_size: limit } = search;
      const payload = searchPayload.parse({ mailboxId, text, timezone, limit });
      return askSearch(parts, { payload, recording: null }, { accountId, wait, request });
    },
  });
}

function deleteRoute({ database, events }: SearchRoutesParts): Route {
  return route({
    method: 'delete',
    path: '/api/searches/:id',
    action: 'search.forget',
    summary: 'Forget a search: what was said, what was understood and what was found',
    tag,
    params: idParams,
    answers: {
      204: { description: 'It is forgotten' },
      404: { description: 'There is no such search' },
      409: { description: 'It is running, and its worker has been asked to stop it: ask again in a moment' },
    },
    run: async ({ params: { id }, accountId }) => {
      await database.read((db) => findSearch(db, accountId, id));
      const task = { id, accountId, name: 'voice_search', attempt: 1, rootId: id, batchId: null };
      const ask = () => askToStop(events, task);
      const { outcome } = await cancelPatiently(database, id, ask);
      // A worker may be listening to its recording, which takes no lock: it need not go on.
      if (outcome === 'cancelled') ask();
      // Whoever runs it holds its row, and would be waited for.
      const forgotten =
        outcome !== 'running' && (await database.transaction((db) => forgetSearch(db, { id, accountId })));
      if (forgotten) return { status: 204 };
      throw new Problem(409, 'SEARCH_RUNNING', `search ${id} is running, and was asked to stop: ask again in a moment`);
    },
  });
}

/** @throws Problem NOT_FOUND, also for a search of another account */
async function findSearch(db: UnitOfWork, accountId: string, id: string): Promise<Search> {
  const search = await db(Search).findOne({ id, account_id: accountId });
  if (!search) throw Problem.notFound('search', id);
  return search;
}
