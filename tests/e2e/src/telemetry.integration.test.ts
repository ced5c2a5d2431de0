/** Traces and metrics of the built programs: that packages are patched shows in nothing else than in the bundles as they are deployed. */
import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleMailbox, type ReceivedSpan, type Receiver, startReceiver, traceTree } from '@sorting-office/stack';
import { metricNames } from '@sorting-office/telemetry';
import { createConnection } from 'mysql2/promise';
import { deploy, type Deployment } from './testing/deployment';
import { Program } from './testing/program';

const spans: ReceivedSpan[] = [];
const heard = new EventEmitter();
let receiver: Receiver;
let folder: string;
let office: Deployment;
let api: Program;
let worker: Program;
beforeAll(async () => {
  receiver = await startReceiver((some) => {
    spans.push(...some);
    heard.emit('spans');
  });
  folder = mkdtempSync(join(tmpdir(), 'office-traced-'));
  office = await deploy({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '200' });
  await office.run('worker', 'migrate');
  api = await office.startApi();
  worker = await office.startWorker();
});
afterAll(async () => {
  await office.close();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

async function sql(statement: string): Promise<void> {
  const connection = await createConnection(office.databaseUrl);
  await connection.query(statement);
  await connection.end();
}

/** The spans of a trace, once one of them fits. */
async function traceWith(fits: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan[]> {
  for (;;) {
    const found = spans.find(fits);
    if (found) return spans.filter(({ traceId }) => traceId === found.traceId);
    await once(heard, 'spans');
  }
}

const taskOf = ({ attributes }: ReceivedSpan) => attributes['office.task.name'];
const outcomeOf = ({ attributes }: ReceivedSpan) => attributes['office.task.outcome'];

test('one trace holds a request, its task, the retry of a child, its continuation, and their statements', async () => {
  const path = join(folder, 'Maildir');
  await makeSampleMailbox(path, { limit: 60 });
  const { body: mailbox } = await office.ask('POST', '/api/mailboxes', { name: 'Sample', path });
  await sql(
    `CREATE TRIGGER refuse BEFORE INSERT ON mails FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not yet'`,
  );
  const { status } = await office.ask('POST', '/api/tasks/background_sort', { mailboxId: mailbox['id'] });
  expect(status).toBe(202);
  await worker.said(/attempt failed/);
  await sql('DROP TRIGGER refuse');

  const trace = await traceWith((span) => taskOf(span) === 'sort_report' && outcomeOf(span) === 'succeeded');
  const tree = traceTree(trace);
  const byId = new Map(trace.map((span) => [span.spanId, span]));
  const parentOf = ({ parentSpanId = '' }: ReceivedSpan) => byId.get(parentSpanId);
  const childrenOf = ({ spanId }: ReceivedSpan) => trace.filter(({ parentSpanId }) => parentSpanId === spanId);
  const attempts = (task: string) =>
    trace.filter((span) => taskOf(span) === task).sort((a, b) => a.startedAt - b.startedAt);
  const one = <T>(list: readonly T[]): T => {
    expect({ tree, length: list.length }).toMatchObject({ length: 1 });
    return list[0] as T;
  };

  // Everything but the request has its cause in the trace.
  const request = one(trace.filter((span) => !parentOf(span)));
  expect(request).toMatchObject({ service: 'office-api', name: 'POST /api/tasks/background_sort' });
  expect(request.attributes['http.response.status_code']).toBe('202');

  // Each message: sent by the one, processed by the other.
  const processed = trace.filter(({ name }) => name.startsWith('process '));
  for (const span of processed) {
    const sent = parentOf(span);
    expect(sent?.name).toMatch(/^send office\.tasks:/);
    expect(sent?.attributes).toMatchObject({
      'messaging.system': 'rabbitmq',
      'messaging.operation.type': 'send',
      'messaging.message.id': span.attributes['messaging.message.id'],
    });
  }
  const plan = one(attempts('background_sort'));
  expect(plan).toMatchObject({ service: 'office-worker', name: 'process office.tasks.default' });
  expect(childrenOf(plan).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['prepare background_sort', 'transaction background_sort', 'send office.tasks:bulk']),
  );

  // The statements of a transaction are inside of it, from its beginning to its end; their values are not told.
  const transaction = one(childrenOf(plan).filter(({ name }) => name === 'transaction background_sort'));
  const statements = childrenOf(transaction).map(({ attributes }) => attributes['db.query.text'] ?? '');
  expect(statements[0]).toMatch(/^UPDATE tasks/);
  expect(statements).toContainEqual(
    expect.stringMatching(/^UPDATE tasks FORCE INDEX \(PRIMARY\)\s+SET state = \?, .* WHERE id = \? AND attempt = \?/s),
  );
  expect(statements.at(-1)).toMatch(/^COMMIT/);
  expect(statements.join()).not.toContain(String(mailbox['id']));

  // The child that failed was tried again: the second attempt is linked to the first.
  const [first, second] = attempts('sort_batch');
  expect(first).toMatchObject({ failed: true, name: 'process office.tasks.bulk' });
  expect([first, second].map((span) => span && outcomeOf(span))).toEqual(['retried', 'succeeded']);
  expect(first?.links).toEqual([]);
  expect(second?.links).toEqual([expect.objectContaining({ traceId: first?.traceId, spanId: first?.spanId })]);

  // A child of the child, and the continuation, which the plan has provided for.
  const applied = one(attempts('apply_actions'));
  expect(parentOf(parentOf(applied) ?? applied)).toBe(second);
  const report = one(attempts('sort_report'));
  expect(parentOf(parentOf(report) ?? report)).toBe(plan);
});

test('both programs tell every metric, after that work, and trace neither that nor probes', async () => {
  const address = async (program: Program, line: RegExp) =>
    `http://127.0.0.1:${(JSON.parse(await program.said(line)) as { port: number }).port}`;
  const [apiUrl, workerUrl] = [await address(api, /"listening"/), await address(worker, /health is served/)];
  const ask = async (url: string) => (await fetch(url)).text();
  for (const url of [apiUrl, workerUrl]) await ask(`${url}/healthz/ready`);
  const [ofApi, ofWorker] = [await ask(`${apiUrl}/metrics`), await ask(`${workerUrl}/metrics`)];

  const { attempts, processDuration, tasksPruned, queueAge, outboxLag, backlogMeasured, ...ofBoth } = metricNames;
  const told = (text: string, names: string[]) => names.filter((name) => new RegExp(`^${name}[ {_]`, 'm').test(text));
  const inApi = [...Object.values(ofBoth), queueAge, outboxLag, backlogMeasured];
  const inWorker = [...Object.values(ofBoth), attempts, processDuration, tasksPruned];
  expect(told(ofApi, inApi)).toEqual(inApi);
  expect(told(ofWorker, inWorker)).toEqual(inWorker);
  expect(ofApi).toMatch(/^office_tasks_enqueued_total\{task="background_sort",queue="default"\} 1$/m);
  expect(ofWorker).toMatch(/^office_tasks_enqueued_total\{task="sort_report",queue="default"\} 1$/m);
  expect(ofWorker).toMatch(/^office_attempts_total\{task="sort_batch",queue="bulk",outcome="retried"\} \d/m);
  expect(ofWorker).toMatch(
    /^messaging_process_duration_seconds_count\{task="sort_report",queue="default",outcome="succeeded"\} 1$/m,
  );
  expect(ofWorker).toMatch(/^office_schema_gate_open 1$/m);

  await api.end();
  await worker.end();
  // What is on its way has been sent by now.
  expect(spans.filter(({ attributes }) => /healthz|metrics/.test(attributes['url.path'] ?? ''))).toEqual([]);
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined).map(({ name }) => name);
  expect(roots.filter((name) => !/^(GET|POST) \/api\//.test(name))).toEqual([]);
});

test('a collector that takes everything and answers nothing keeps neither program from its work nor from its end', async () => {
  const sockets = new Set<Socket>();
  const dead = createServer((socket) => void sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1');
  await once(dead, 'listening');
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(dead.address() as { port: number }).port}`,
    OTEL_BSP_SCHEDULE_DELAY: '10',
    // Were it waited for, it would be for longer than any test.
    OTEL_EXPORTER_OTLP_TIMEOUT: '600000',
    OTEL_BSP_EXPORT_TIMEOUT: '600000',
  };
  const [other, taker] = [new Program('api', [], { ...office.env, ...env }), await office.startWorker(env)];
  try {
    const { port } = JSON.parse(await other.said(/"listening"/)) as { port: number };
    await other.said(/tables verified/);
    const answer = await fetch(`http://127.0.0.1:${port}/api/tasks`);
    expect(answer.status).toBe(401);
    await answer.text();
    if (sockets.size === 0) await once(dead, 'connection');
    await Promise.all([other.end(), taker.end()]);
    expect([(await other.exited).code, (await taker.exited).code]).toEqual([0, 0]);
  } finally {
    await Promise.all([other.end('SIGKILL'), taker.end('SIGKILL')]);
    for (const socket of sockets) socket.destroy();
    dead.close();
  }
});
