import { isDeepStrictEqual } from 'node:util';
import {
  type Database,
  databaseNow,
  isDuplicateKey,
  newId,
  Schedule,
  tableBy,
  type UnitOfWork,
} from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';
import { z } from 'zod';
import { idParams } from '../http/openapi';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/page';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import {
  firstTick,
  offeredTask,
  scheduleChange,
  type ScheduleChange,
  scheduleInput,
  type ScheduleInput,
  validPayload,
} from '../schedules/schedule-input';
import { scheduleView, viewSchedule } from '../schedules/schedule-view';
import { offered } from './tasks';

export interface ScheduleRoutesParts {
  database: Database;
  registry: TaskRegistry;
}

const tag = 'schedules';

/** Making schedules, looking at them, changing and removing them. Workers enqueue what they ask for. */
export function scheduleRoutes(parts: ScheduleRoutesParts): Route[] {
  return [addRoute(parts), listRoute(parts), showRoute(parts), changeRoute(parts), removeRoute(parts)];
}

function addRoute(parts: ScheduleRoutesParts): Route {
  return route({
    method: 'post',
    path: '/api/schedules',
    action: 'schedule.add',
    summary: 'Have a task enqueued at each tick of a cron expression',
    tag,
    body: scheduleInput,
    answers: {
      201: { description: 'It ticks from now on', schema: scheduleView },
      200: { description: 'There was the same one before, and it is as it was', schema: scheduleView },
      400: { description: 'The expression, the zone, the task or its payload is not valid' },
      409: { description: 'There is another one of this name' },
    },
    run: async ({ body, accountId }) => {
      const { schedule, created } = await addSchedule(parts, accountId, body);
      return {
        status: created ? 201 : 200,
        location: `/api/schedules/${schedule.id}`,
        body: viewSchedule(schedule),
      };
    },
  });
}

/** Adds a schedule, or finds that it is there. Three statements, by primary key and by the unique index of names. */
async function addSchedule(
  { database, registry }: ScheduleRoutesParts,
  accountId: string,
  { name, task, payload = {}, cron, timeZone }: ScheduleInput,
): Promise<{ schedule: Schedule; created: boolean }> {
  const valid = validPayload(offeredTask(offered(registry), task), payload);
  return database.transaction(async (db) => {
    const next_at = firstTick({ cron, timeZone }, await databaseNow(db));
    let created = true;
    try {
      const row = {
        id: newId(),
        account_id: accountId,
        name,
        task,
        payload: valid,
        cron,
        time_zone: timeZone,
        next_at,
      };
      await db(Schedule).insert(row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      created = false;
    }
    const schedule = await db(Schedule).findOne({ account_id: accountId, name });
    const same =
      schedule?.task === task &&
      schedule.cron === cron &&
      schedule.time_zone === timeZone &&
      isDeepStrictEqual(schedule.payload, asStored(valid));
    // There is none when it was removed between the two statements.
    if (!schedule || (!created && !same)) {
      throw new Problem(
        409,
        'SCHEDULE_EXISTS',
        `there is another schedule named ${name}: change or remove it (/api/schedules?name=…), or choose another name`,
      );
    }
    return { schedule, created };
  });
}

const asStored = (payload: unknown): unknown => JSON.parse(JSON.stringify(payload));

const listQuery = pageQuery.extend({ name: z.string().max(190).optional() });

function listRoute({ database }: ScheduleRoutesParts): Route {
  return route({
    method: 'get',
    path: '/api/schedules',
    summary: 'Schedules with their next ticks, the newest first',
    tag,
    query: listQuery,
    answers: {
      200: { description: 'A page of schedules', schema: pageOf(scheduleView) },
      400: { description: 'The query is not valid' },
    },
    run: async ({ query: { name, cursor, limit }, accountId }) => {
      const schedules = await database.read((db) => {
        const query = db(Schedule).where({ account_id: accountId });
        if (name === undefined) query.from(tableBy(Schedule, 'schedules_account'));
        else query.where({ name });
        if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor));
        return query.orderBy('id', 'desc').limit(limit + 1);
      });
      const { items, next } = toPage(schedules, limit);
      return { status: 200, body: { items: items.map(viewSchedule), next } };
    },
  });
}

function showRoute({ database }: ScheduleRoutesParts): Route {
  return route({
    method: 'get',
    path: '/api/schedules/:id',
    summary: 'One schedule',
    tag,
    params: idParams,
    answers: {
      200: { description: 'The schedule', schema: scheduleView },
      404: { description: 'There is no such schedule' },
    },
    run: async ({ params: { id }, accountId }) => {
      const schedule = await database.read((db) => db(Schedule).findOne({ id, account_id: accountId }));
      if (!schedule) throw Problem.notFound('schedule', id);
      return { status: 200, body: viewSchedule(schedule) };
    },
  });
}

function changeRoute(parts: ScheduleRoutesParts): Route {
  return route({
    method: 'patch',
    path: '/api/schedules/:id',
    action: 'schedule.change',
    summary: 'Pause a schedule, let it go on, or change when and with what it ticks',
    tag,
    params: idParams,
    body: scheduleChange,
    answers: {
      200: { description: 'The schedule as it is now', schema: scheduleView },
      400: { description: 'The expression, the zone or the payload is not valid' },
      404: { description: 'There is no such schedule' },
    },
    run: async ({ params: { id }, body, accountId }) => ({
      status: 200,
      body: viewSchedule(
        await parts.database.transaction((db) => changeSchedule(db, parts.registry, accountId, id, body)),
      ),
    }),
  });
}

/** Changes a schedule under its lock, so that no tick comes in between. Four statements, by primary key. */
async function changeSchedule(
  db: UnitOfWork,
  registry: TaskRegistry,
  accountId: string,
  id: string,
  change: ScheduleChange,
): Promise<Schedule> {
  const schedule = await db(Schedule).findOne({ id, account_id: accountId }).forUpdate();
  if (!schedule) throw Problem.notFound('schedule', id);
  const { enabled = schedule.enabled === 1, cron = schedule.cron, timeZone = schedule.time_zone, payload } = change;
  const ticksAnew = cron !== schedule.cron || timeZone !== schedule.time_zone || (enabled && schedule.enabled === 0);
  const next = ticksAnew ? firstTick({ cron, timeZone }, await databaseNow(db)) : schedule.next_at;
  await db(Schedule)
    .findById(id)
    .patch({
      cron,
      time_zone: timeZone,
      enabled: enabled ? 1 : 0,
      next_at: enabled ? next : null,
      ...(payload !== undefined && {
        payload: validPayload(offeredTask(offered(registry), schedule.task), payload),
      }),
      last_error: null,
    });
  return db(Schedule).findById(id).throwIfNotFound();
}

function removeRoute({ database }: ScheduleRoutesParts): Route {
  return route({
    method: 'delete',
    path: '/api/schedules/:id',
    action: 'schedule.remove',
    summary: 'Remove a schedule; what it has enqueued stays',
    tag,
    params: idParams,
    answers: { 204: { description: 'Removed' }, 404: { description: 'There is no such schedule' } },
    run: async ({ params: { id }, accountId }) => {
      await database.transaction(async (db) => {
        const removed = await db(Schedule).delete().where({ id, account_id: accountId });
        if (removed === 0) throw Problem.notFound('schedule', id);
      });
      return { status: 204 };
    },
  });
}
