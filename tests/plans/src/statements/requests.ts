// What the API sends for each of its requests: apps/api/src.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AppParts,
  AccessWatch,
  apiConfig,
  createApp,
  EventStream,
  TaskEnds,
  UseNotes,
} from '@sorting-office/api/testing';
import { type DeadLetterBox, type EventSender, Outbox, type Publisher } from '@sorting-office/broker';
import { createToken, forgetSearch, SchemaGate } from '@sorting-office/db';
import { loadTasks } from '@sorting-office/tasks';
import { createLogger, startTelemetry } from '@sorting-office/telemetry';
import { idOf } from '../large/ids';
import type { Office } from './office';
import { subsets } from './subsets';

/** Asks the API for something. @returns the answer's body; a 404 or 409 is as good as any, as it has been looked for. */
type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Record<string, unknown>>;

export async function requestStatements(office: Office): Promise<void> {
  const { database, commit } = office;
  const telemetry = await startTelemetry({ name: 'plans', version: '0' });
  const gate = new SchemaGate({ database, onChange: () => undefined });
  gate.start();
  await gate.opened();
  const uses = new UseNotes(database);
  const watch = new AccessWatch({ everyMs: 300_000, stillRecognised: (watched) => Promise.resolve(new Set(watched)) });
  // Nobody publishes: what is enqueued is left to a relay that is not there.
  const publisher = {
    losses: 0,
    whenRoom: () => Promise.resolve(),
    publish: () => Promise.reject(new Error('there is no broker')),
  } as unknown as Publisher;
  const parts: AppParts = {
    ...{ database, gate, uses, telemetry, version: '0', ends: new TaskEnds(), notReady: () => [] },
    config: apiConfig.parse({
      ...{ DATABASE_URL: 'mysql://localhost/unused', AMQP_URL: 'amqp://localhost/unused' },
      ...{ API_RATE_LIMIT_PER_MINUTE: '0', API_FAILED_AUTH_PER_MINUTE: '0' },
    }),
    registry: await loadTasks(),
    log: createLogger({ service: 'api', level: 'silent' }),
    outbox: new Outbox({ database, publisher }),
    events: { send: () => undefined } as unknown as EventSender,
    deadLetters: {} as unknown as DeadLetterBox,
    stream: new EventStream({ perAccount: 1, watch }),
  };
  const server = createServer(createApp(parts)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const asWhoever = async (scope: 'owner' | 'operator') => {
      const secret = await commit((db) => createToken(db, 'account 1', scope, scope));
      return { secret, ask: asking(url, { authorization: `Bearer ${secret}` }) };
    };
    const [owner, operator] = [await asWhoever('owner'), await asWhoever('operator')];
    await lists(owner.ask);
    await lists(operator.ask);
    await taskRequests(owner.ask, office);
    await mailboxRequests(owner.ask, office);
    await scheduleRequests(owner.ask, office);
    await searchRequests(owner.ask, office);
    await tokenRequests(owner.ask);
    await sessionRequests(asking(url, {}), url, owner.secret);
    await operator.ask('POST', '/api/tasks/redispatch');
  } finally {
    server.close();
    server.closeAllConnections();
    await uses.settled();
    await watch.stop();
    await gate.stop();
    await telemetry.stop();
  }
}

function asking(url: string, always: Record<string, string>): Ask {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { ...always, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 500 || response.status === 400 || response.status === 401)
      throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>;
  };
}

const cursorOf = (id: string) => Buffer.from(id).toString('base64url');
const queryOf = (query: object) => new URLSearchParams(query as Record<string, string>).toString();

/** Each list's first page and a later one, by whatever it can be asked for. */
async function lists(ask: Ask): Promise<void> {
  const listed = [
    ['tasks', idOf('task', 10_000), { name: 'sort_batch', state: 'failed' }],
    ['searches', idOf('task', 5000), {}],
    ['schedules', idOf('schedule', 2500), { name: 'schedule 5' }],
    ['mailboxes', idOf('mailbox', 1000), {}],
    ['tokens', idOf('token', 2500), {}],
    ['audit', idOf('entry', 10_000), {}],
  ] as const;
  for (const [list, cursor, filter] of listed)
    for (const query of subsets({ ...filter, cursor: cursorOf(cursor) }))
      await ask('GET', `/api/${list}?${queryOf(query)}`);
  // Each of the states is as common as another.
  for (const state of ['queued', 'succeeded', 'cancelled']) await ask('GET', `/api/tasks?${queryOf({ state })}`);
}

async function taskRequests(ask: Ask, { mailboxId }: Office): Promise<void> {
  const sort = () => ask('POST', '/api/tasks/background_sort', { mailboxId }, { 'idempotency-key': 'once' });
  const { id } = await sort();
  await sort();
  // The same work under another key, and what is to be done later.
  await ask('POST', '/api/tasks/background_sort', { mailboxId }, { 'idempotency-key': 'twice' });
  await ask('POST', '/api/tasks/background_sort?delaySeconds=60', { mailboxId, dryRun: true });
  await ask('GET', `/api/tasks/${String(id)}`);
  await ask('DELETE', `/api/tasks/${String(id)}`);
  await ask('POST', `/api/tasks/${String(id)}/retry`);
  // It has ended, and had opened a batch.
  await ask('GET', `/api/tasks/${idOf('task', 1500)}`);
  await ask('DELETE', `/api/tasks/${idOf('task', 1500)}`);
  await ask('POST', '/api/tasks/retry', { name: 'sort_batch', limit: 2 });
}

async function mailboxRequests(ask: Ask, { mailboxId }: Office): Promise<void> {
  for (let time = 0; time < 2; time++) await ask('POST', '/api/mailboxes', { name: 'Another', path: '/mail/another' });
  await ask('GET', `/api/mailboxes/${mailboxId}`);
  await ask('GET', `/api/mails/${idOf('mail', 50)}`);
  await ask('POST', `/api/mails/${idOf('mail', 50)}/undo`);
}

async function scheduleRequests(ask: Ask, { mailboxId }: Office): Promise<void> {
  const schedule = { name: 'weekdays', task: 'background_sort', payload: { mailboxId }, cron: '0 7 * * 1-5' };
  const { id } = await ask('POST', '/api/schedules', schedule);
  await ask('POST', '/api/schedules', schedule);
  await ask('GET', `/api/schedules/${String(id)}`);
  await ask('PATCH', `/api/schedules/${String(id)}`, { cron: '0 8 * * 1-5' });
  await ask('DELETE', `/api/schedules/${String(id)}`);
}

async function searchRequests(ask: Ask, { mailboxId, accountId, commit, look }: Office): Promise<void> {
  const { id } = await ask('POST', '/api/searches', { mailboxId, text: 'report' });
  await ask('POST', `/api/searches/${String(id)}/repeat`);
  await ask('GET', `/api/searches/${String(id)}`);
  await ask('DELETE', `/api/searches/${String(id)}`);
  // One whose task is queued, which is nothing to forget yet.
  const [queued] = await look<{ id: string }>(
    `SELECT id FROM tasks WHERE account_id = ? AND state = 'queued' ORDER BY id LIMIT 1`,
    [accountId],
  );
  await commit((db) => forgetSearch(db, { id: queued?.id ?? '', accountId }));
}

async function tokenRequests(ask: Ask): Promise<void> {
  const { id } = await ask('POST', '/api/tokens', { name: 'another', expiresInDays: 1 });
  await ask('POST', `/api/tokens/${String(id)}/rotate`, {});
  await ask('DELETE', `/api/tokens/${String(id)}`);
}

async function sessionRequests(ask: Ask, url: string, token: string): Promise<void> {
  const opened = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const [cookie = ''] = opened.headers.getSetCookie()[0]?.split(';') ?? [];
  const { csrfToken } = (await opened.json()) as { csrfToken: string };
  await ask('GET', '/api/session', undefined, { cookie });
  await ask('DELETE', '/api/session', undefined, { cookie, 'x-csrf-token': csrfToken });
}
