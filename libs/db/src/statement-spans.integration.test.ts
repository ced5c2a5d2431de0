/** Spans of statements, as a tracer of OpenTelemetry's SDK gets them from statements that MySQL has answered. */
import { context, ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  NodeTracerProvider,
  ParentBasedSampler,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { databaseErrorKind } from './errors';
import { maskStatement, summaryOf } from './statement-spans';
import { migratedDatabase, type MigratedDatabase } from './testing';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({
  sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  spanProcessors: [new SimpleSpanProcessor(exporter)],
});
let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
  provider.register();
});
beforeEach(() => exporter.reset());
afterAll(async () => {
  await provider.shutdown();
  trace.disable();
  context.disable();
  await home.drop();
});

const rename = (name: string) => () =>
  home.database.transaction((db) => db.execute('UPDATE accounts SET name = ? WHERE name = ?', [name, 'hush']));

/** Runs work in a span, of a trace that is taken or not. */
async function inTrace<T>(traceFlags: TraceFlags, work: () => Promise<T>): Promise<T> {
  const remote = { traceId: '1'.padStart(32, '0'), spanId: '2'.padStart(16, '0'), traceFlags, isRemote: true };
  const span = trace.getTracer('test').startSpan('work', {}, trace.setSpanContext(ROOT_CONTEXT, remote));
  return context.with(trace.setSpan(ROOT_CONTEXT, span), work).finally(() => span.end());
}

test('each statement of a transaction is a span in the span that it was sent from', async () => {
  await inTrace(TraceFlags.SAMPLED, rename('other'));
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual(['UPDATE accounts', 'COMMIT', 'work']);
  const [update, , work] = spans;
  const { hostname, port, pathname } = new URL(home.url);
  expect(update?.parentSpanContext?.spanId).toBe(work?.spanContext().spanId);
  expect(update?.kind).toBe(SpanKind.CLIENT);
  expect(update?.attributes).toEqual({
    'db.system.name': 'mysql',
    'db.namespace': pathname.slice(1),
    'server.address': hostname,
    'server.port': Number(port),
    'db.query.summary': 'UPDATE accounts',
    'db.query.text': 'UPDATE accounts SET name = ? WHERE name = ?',
  });
});

test('what only reads is a span for each statement, and none for beginning and ending', async () => {
  const read = () => home.database.read((db) => db.rows('SELECT id FROM accounts'));
  await inTrace(TraceFlags.SAMPLED, read);
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['SELECT accounts', 'work']);
});

test('a statement that fails says with which code, and repeats none of its values', async () => {
  const broken = () =>
    home.database.transaction((db) => db.execute(`INSERT INTO accounts (id) VALUES ('hush', ?)`, [1]));
  const error: unknown = await inTrace(TraceFlags.SAMPLED, broken).catch((one: unknown) => one);
  expect(databaseErrorKind(error)).toBe('other');
  const [insert] = exporter.getFinishedSpans();
  expect(insert).toMatchObject({ name: 'INSERT accounts', status: { code: 2 } });
  expect(insert?.attributes['error.type']).toBe('ER_WRONG_VALUE_COUNT_ON_ROW');
  expect(JSON.stringify([insert?.attributes, insert?.events, insert?.status])).not.toContain('hush');
});

test('statements of no trace, or of one that is not taken, make no spans', async () => {
  await rename('other')();
  await inTrace(TraceFlags.NONE, rename('other'));
  expect(exporter.getFinishedSpans()).toEqual([]);
});

test.each([
  ['COMMIT', 'COMMIT'],
  ['select `mails`.* from `mails` where `id` = ?', 'SELECT mails'],
  ['UPDATE tasks SET state = ?', 'UPDATE tasks'],
  ['  INSERT INTO task_attempts (id) SELECT 1', 'INSERT task_attempts'],
  ['SET SESSION wait_timeout = ?', 'SET'],
])('%s is told of as %s', (sql, summary) => {
  expect(summaryOf(sql)).toBe(summary);
});

test.each([
  ['SELECT * FROM tasks WHERE id = ?', 'SELECT * FROM tasks WHERE id = ?'],
  [`SELECT 'it''s', "x\\"y" FROM t WHERE a = 'se\\'cret'`, 'SELECT ??, ? FROM t WHERE a = ?'],
  [`SELECT 'cut of`, 'SELECT ?'],
  [`INSERT ${'(?), '.repeat(1000)}`, `INSERT ${'(?), '.repeat(1000)}`.slice(0, 1000) + '…'],
])('of a statement its quoted parts are not told, nor more than its beginning', (sql, shown) => {
  expect(maskStatement(sql)).toBe(shown);
});
