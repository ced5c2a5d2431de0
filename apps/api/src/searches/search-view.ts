import { type Search, type Task, taskError, taskState } from '@sorting-office/db';
import { searchPayload, searchResult, type SearchResult } from '@sorting-office/tasks';
import { z } from 'zod';

/** A search as its owner's list shows it. */
export const searchView = z
  .object({
    id: z.uuid().meta({ description: 'Also the id of its task' }),
    mailboxId: z.uuid(),
    spoken: z.boolean(),
    text: z.string().nullable().meta({ description: 'What was typed or heard; null while nobody has listened to it' }),
    timezone: searchPayload.shape.timezone.unwrap(),
    query: searchResult.shape.query.nullable(),
    total: z.int().nullable(),
    state: taskState.nullable().meta({ description: "Its task's; null when that is not kept any more" }),
    error: taskError.nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Search' });

/** A search with what it has found. */
export const searchDetail = searchView.extend({
  result: searchResult.nullable().meta({ description: 'null unless its task has succeeded and is still kept' }),
});

/** What a search answers with at once: its result, and the id under which it is kept. */
export const searchAnswer = searchResult.extend({ id: z.uuid() });

/** @param task the search's, with at least its state and error; undefined when it is not kept any more. */
export const viewSearch = (
  { id, mailbox_id, spoken, text, timezone, query, total, created_at }: Search,
  task: Pick<Task, 'state' | 'error'> | undefined,
): z.infer<typeof searchView> => ({
  id,
  mailboxId: mailbox_id,
  spoken: Boolean(spoken),
  text,
  timezone,
  query: query as SearchResult['query'] | null,
  total,
  state: task?.state ?? null,
  error: task?.error ?? null,
  createdAt: created_at.toISOString(),
});
