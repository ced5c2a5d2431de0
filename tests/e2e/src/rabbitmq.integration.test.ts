/** docs/rabbitmq.md against the management API while the built programs run: what is there is in its tables, and what is in its tables is there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSampleMailbox, type Receiver, startReceiver } from '@sorting-office/stack';
import { Console, lookEveryMs, type ShownMessage } from './testing/console';
import { deploy, type Deployment } from './testing/deployment';
import { markdownTable, type Row } from './testing/markdown-table';

const workspace = join(__dirname, '../../..');
const docs = join(workspace, 'docs');
const page = readFileSync(join(docs, 'rabbitmq.md'), 'utf8');
const policies = JSON.parse(readFileSync(join(docs, 'rabbitmq/policies.json'), 'utf8')) as {
  policies: { name: string; pattern: string; definition: Record<string, unknown> }[];
};
const taskQueues = ['interactive', 'default', 'bulk'].map((queue) => `office.tasks.${queue}`);

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** What the page's words in capitals stand for. */
const varying: Record<string, string> = {
  HOST: '[^/ ]+',
  PID: '\\d+',
  XXXXXX: '[0-9a-f]{6}',
  '…': '.+',
  TASK: uuid,
  ROOT: uuid,
  ID: uuid,
  ATTEMPT: '\\d+',
  COUNT: '\\d+',
  NUMBER: '\\d+',
  PRIORITY: '\\d{1,3}',
  SECONDS: '\\d{10}',
  NAME: '[a-z_]+',
  EVENT: '[a-z]+',
  TRACE: '00-[0-9a-f]{32}-[0-9a-f]{16}-01',
  STATE: '\\w+=\\w+',
  MOMENT: '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z',
  QUEUE: 'office\\.[a-z.]+',
  EXCHANGE: 'office\\.[a-z.]+',
  REASON: '.+',
  WHY: '.+',
  LIST: '\\[\\{.+\\}\\]',
};

function pattern(cell: string): RegExp {
  const escaped = cell.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/…|\b[A-Z]{2,}\b/g, (word) => varying[word] ?? word)}$`);
}

const fits = (row: Row, shown: Row) =>
  Object.entries(shown).every(([column, value]) => pattern(row[column] ?? 'no such column').test(value));

/** What the page does not have, and what only the page has. */
const differences = (rows: readonly Row[], shown: readonly Row[]) => ({
  undocumented: shown.filter((one) => !rows.some((row) => fits(row, one))),
  absent: rows.filter((row) => !shown.some((one) => fits(row, one))),
});
const none = { undocumented: [], absent: [] };

/** Whether a row must be there whatever RabbitMQ's release. */
const everywhere = ({ server }: Row) => server === 'any';

/** Looks until the page is right or as good as time is up: what the console shows is a few seconds old. */
async function settled(heading: string, look: () => Promise<Row[]>): Promise<ReturnType<typeof differences>> {
  const rows = markdownTable(page, heading);
  const deadline = AbortSignal.timeout(60_000);
  for (;;) {
    const found = differences(rows, await look());
    if ((found.absent.length === 0 && found.undocumented.length === 0) || deadline.aborted) return found;
    await sleep(lookEveryMs);
  }
}

let folder: string;
let receiver: Receiver;
let office: Deployment;
let shown: Console;
/** The first task's message, before and after it was put back. */
let ofTask: ShownMessage[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'office-console-'));
  receiver = await startReceiver(() => undefined);
  office = await deploy({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const { name, managementUrl } = office.vhost;
  shown = new Console(managementUrl, name);

  await office.run('worker', 'migrate');
  const api = await office.startApi();
  await api.said(/ready: \d+ tables verified/);
  await makeSampleMailbox(join(folder, 'Maildir'), { limit: 30 });
  const { body: mailbox } = await office.ask('POST', '/api/mailboxes', {
    name: 'Sample',
    path: join(folder, 'Maildir'),
  });
  const traced = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'tester=1' };
  const { body: sort } = await office.ask('POST', '/api/tasks/background_sort', { mailboxId: mailbox['id'] }, traced);

  ofTask = [...(await shown.messages('office.tasks.default')), ...(await shown.messages('office.tasks.default'))];
  // And with the policies of the file.
  await shown.importDefinitions(policies);
  await shown.publish('bulk', 'rejected');
  await shown.messages('office.tasks.bulk', 'reject');
  await shown.listen('observer');
  await office.startWorker();
  const { nextId } = (await office.ended(String(sort['id']))) as { nextId: string };
  expect(await office.ended(nextId)).toMatchObject({ name: 'sort_report', state: 'succeeded' });
});
afterAll(async () => {
  await office.close();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

/** Properties and headers as the page has them. */
const fieldsOf = (message: string, messages: readonly ShownMessage[]): Row[] =>
  messages.flatMap(({ properties: { headers, ...properties } }) => {
    const named = Object.entries(headers ?? {}).map(([name, value]) => [`headers.${name}`, value] as const);
    return [...Object.entries(properties), ...named].map(([field, value]) => ({
      message,
      field,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
  });

test('messages bear what the page says: tasks, events, and what was put aside by a worker or by RabbitMQ', async () => {
  const events = await shown.messages('observer');
  await shown.deleteQueue('observer');
  expect(events.filter(({ routing_key, properties }) => routing_key !== properties['type'])).toEqual([]);

  await shown.publish('default', 'none of ours');
  await shown.publish('default', 'none either', { headers: { long: 'x'.repeat(100_000) } });
  let dead = await shown.messages('office.dead');
  while (dead.length < 3) {
    await sleep(lookEveryMs);
    dead = await shown.messages('office.dead');
  }
  const [byRabbit = [], byWorker = []] = [true, false].map((itself) =>
    dead.filter(({ properties: { headers } }) => 'x-death' in (headers as object) === itself),
  );
  // What counts the looks of this test is in the table with the task.
  const looks = new Set(['headers.x-delivery-count', 'headers.x-acquired-count']);
  const seen = [
    ...fieldsOf('task', ofTask),
    ...fieldsOf('event', events),
    ...[...fieldsOf('put aside', byWorker), ...fieldsOf('dead-lettered', byRabbit)].filter(
      ({ field = '' }) => !looks.has(field),
    ),
  ];
  const rows = markdownTable(page, 'Messages');
  const { undocumented, absent } = differences(rows, seen);
  expect(undocumented).toEqual([]);
  expect(absent.filter(everywhere)).toEqual([]);
});

test('the page has the permissions that programs are given', () => {
  const file = join(workspace, 'k8s/components/server-users/permissions.json');
  const rows = markdownTable(page, 'Who may do what').map((row) => [row['permission'], row['expression']]);
  expect(Object.fromEntries(rows)).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

test('letters go back with these permissions', async () => {
  const { output } = await office.run('cli', 'token', 'create', '--account', 'ops', '--name', 'ops', '--operator');
  const operator = { authorization: `Bearer ${output.trim()}` };
  const requeued = () =>
    office.ask('POST', '/api/dead-letters/requeue', { queue: 'office.tasks.bulk', limit: 10 }, operator);
  expect(await requeued()).toMatchObject({ status: 200, body: { requeued: 1 } });
});

test('exchanges, queues with their arguments, and bindings', async () => {
  expect(await settled('Exchanges', () => shown.exchanges())).toEqual(none);
  expect(await settled('Queues', () => shown.queues())).toEqual(none);
  expect(await settled('Bindings', () => shown.bindings())).toEqual(none);
  const rows = markdownTable(page, 'Arguments').flatMap((row) =>
    row['queue'] === 'office.tasks.*' ? taskQueues.map((queue) => ({ ...row, queue })) : [row],
  );
  const { undocumented, absent } = differences(rows, await shown.queueArguments());
  expect(undocumented).toEqual([]);
  expect(absent.filter(everywhere)).toEqual([]);
});

test('connections and consumers', async () => {
  expect(await settled('Consumers', () => shown.consumers())).toEqual(none);
  expect(await settled('Connections', () => shown.connections())).toEqual(none);
});

test('every policy of the file is in force, as the page says, and none contradicts what the code declares', async () => {
  const rows = markdownTable(page, 'Policies').map(({ policy, key, value }) => [policy, key, value]);
  const ofFile = policies.policies.flatMap(({ name, definition }) =>
    Object.entries(definition).map(([key, value]) => [name, key, String(value)]),
  );
  expect(rows).toEqual(ofFile);

  const declared = await shown.queueArguments();
  let inForce = await shown.policies();
  // What is in force shows only after a few seconds.
  while (Object.values(inForce).some(({ policy }) => policy === null)) {
    await sleep(lookEveryMs);
    inForce = await shown.policies();
  }
  expect(Object.keys(inForce).length).toBeGreaterThanOrEqual(6);
  for (const [queue, { policy, definition }] of Object.entries(inForce)) {
    const own = policies.policies.find(({ pattern: of }) => new RegExp(of).test(queue));
    expect({ queue, policy, definition }).toEqual({ queue, policy: own?.name, definition: own?.definition });
    for (const [key, value] of Object.entries(definition)) {
      const argument = declared.find((row) => row['queue'] === queue && row['argument'] === `x-${key}`);
      if (argument) expect({ queue, key, value: argument['value'] }).toEqual({ queue, key, value: String(value) });
    }
  }
});

test('every command that the page names is one', async () => {
  const [, section = ''] = page.split('\n## When something is wrong\n');
  const commands = new Set([...section.matchAll(/`office ([a-z]+(?: [a-z]+)?)/g)].map(([, words = '']) => words));
  expect(commands.size).toBeGreaterThan(7);
  for (const command of commands) {
    const { code, output } = await office.run('cli', ...command.split(' '), '--help');
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(`^Usage: office ${command}\\b`) as string,
    });
  }
});
