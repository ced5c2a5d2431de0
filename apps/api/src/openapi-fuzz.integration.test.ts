/** Ten thousand requests against the OpenAPI document, of which some are even right: none may cost more than a clear answer. */
import { completeTask, failTask, insertTasks } from '@sorting-office/db';
import { loadTasks, newTask, TaskRegistry } from '@sorting-office/tasks';
import fc from 'fast-check';
import { problemSchema } from './http/problem';
import { anyRequest } from './testing/any-request';
import { greet, hidden, once, startApi, type TestApi } from './testing/api';
import { type Operation, operationsOf } from './testing/openapi';
import { ask, type RawAnswer, type RawRequest } from './testing/raw-http';

const requests = Number(process.env['FUZZ_REQUESTS'] ?? 10_000);
const side = 8;

/** What any request may be answered with, whatever it was for. */
const generic = new Set([400, 401, 404, 408, 413, 414, 415, 417, 431]);

let api: TestApi;
beforeAll(async () => {
  api = await startApi({}, new TaskRegistry([greet, once, hidden, ...(await loadTasks()).all()]));
  await api.api.whenReady();
  await api.api.whenConnected();
});
afterAll(() => api.close());

/** Tasks and mailboxes of two accounts, in every state. */
async function inhabit(): Promise<string[]> {
  const { accountId, database } = api;
  const ids: string[] = [];
  for (const [token, owner] of [
    [api.token, 'mine'],
    [api.otherToken, 'others'],
  ] as const) {
    for (let n = 0; n < 6; n++) {
      const { body } = await api.ask('POST', '/api/tasks/greet', { who: `${owner} ${n}` }, {}, token);
      ids.push(String(body['id']));
    }
    const { body } = await api.ask('POST', '/api/mailboxes', { name: owner, path: `/${owner}` }, {}, token);
    ids.push(String(body['id']));
  }
  const [done, bad] = [1, 2].map(() => newTask(greet, { who: 'x' }, { accountId, traceContext: null }));
  if (!done || !bad) throw new Error('nothing made');
  await database.transaction(async (db) => {
    await insertTasks(db, [done, bad]);
    await completeTask(db, { ...done, attempt: 1 });
    await failTask(db, { task: { ...bad, attempt: 1 }, error: { code: 'TEST', message: 'x' }, worker: 'test' });
  });
  return [...ids, done.id, bad.id];
}

/** What is wrong with an answer; null: nothing. */
function fault(operations: Operation[], request: RawRequest, { status, headers, body }: RawAnswer): string | null {
  const { method } = request;
  if (status >= 500) return 'the server is to blame';
  if (method === 'HEAD' || status === 304) return null;
  const type = headers.get('content-type') ?? '';
  const asked = operations.filter((one) => one.method === method && leadsTo(one, request));
  const documented = asked.filter(({ answers }) => answers.has(status));
  if (status >= 400) {
    if (type !== 'application/problem+json; charset=utf-8' && type !== 'application/problem+json')
      return `an error as ${type}`;
    if (!problemSchema.safeParse(JSON.parse(body)).success) return 'an error that is no problem';
    return generic.has(status) || documented.length > 0 ? null : 'an error that is not documented';
  }
  if (method === 'OPTIONS') return null;
  const described = documented.flatMap(({ answers }) => answers.get(status) ?? []);
  if (documented.length === 0) return 'a status that is not documented';
  if (described.length === 0) return null;
  if (!type.startsWith('application/json')) return `an answer as ${type}`;
  return described.some((schema) => schema.safeParse(JSON.parse(body)).success)
    ? null
    : 'an answer that is not as documented';
}

/** Whether a request is for an operation, as far as its path goes. */
function leadsTo({ path }: Operation, { target }: RawRequest): boolean {
  const asked = target.replace(/^http:\/\/[^/]*/, '').replace(/[?#].*$/s, '');
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'is').test(asked);
}

test('no request gets anything but an answer that is documented', async () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
  process.stderr.write(`openapi: FUZZ_SEED=${seed}\n`);
  const ids = await inhabit();

  const documented = operationsOf((await api.ask('GET', '/api/openapi.json')).body);
  // Nobody is there to search, and every request that waits for it would do so in vain.
  const operations = documented.map((one) => ({ ...one, query: one.query.filter(({ name }) => name !== 'wait') }));
  const all = fc.sample(
    anyRequest({ operations, tokens: [api.token, api.token, api.otherToken, api.operatorToken], ids }),
    {
      seed,
      numRuns: requests,
    },
  );

  const faults: string[] = [];
  const statuses = new Map<number, number>();
  const left = all.values();
  await Promise.all(
    Array.from({ length: side }, async () => {
      for (const request of left) {
        const answer = await ask(api.api.port, request);
        if (answer) statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const wrong = answer ? fault(operations, request, answer) : request.cut ? null : 'no answer';
        if (wrong !== null) faults.push(inWords(request, wrong, answer));
      }
    }),
  );
  const counts = [...statuses].sort().map(([status, count]) => `${count} x ${status}`);
  process.stderr.write(`openapi: ${counts.join(', ')}\n`);
  expect(faults.slice(0, 10)).toEqual([]);
  // As many of them were understood as it takes for the test to mean something.
  for (const status of [200, 202, 400, 401, 404, 409, 413, 415]) expect(statuses.get(status)).toBeGreaterThan(0);
  expect(await api.ask('POST', '/api/tasks/greet', { who: 'still here' })).toMatchObject({ status: 202 });
}, 300_000);

function inWords({ method, target, headers, body }: RawRequest, wrong: string, answer: RawAnswer | null): string {
  const sent = `${method} ${target.slice(0, 120)} ${JSON.stringify(headers).slice(0, 300)}`;
  const content = body?.toString('latin1').slice(0, 120) ?? 'no body';
  return `${wrong}: ${sent} ${content} -> ${answer ? `${answer.status} ${answer.body.slice(0, 200)}` : 'nothing'}`;
}
