import { printTraces } from './print-traces';
import { until } from '../testing/until';
import { TracePrinter } from './trace-printer';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

interface Given {
  spanId: string;
  parentSpanId?: string;
  name: string;
  startMs: number;
  ms: number;
  attributes?: object[];
  links?: object[];
  status?: object;
}
const request = (service: string, spans: Given[]) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', service)] },
        scopeSpans: [
          {
            spans: spans.map(({ startMs, ms, ...one }) => ({
              traceId,
              kind: 1,
              startTimeUnixNano: `${1_790_000_000_000 + startMs}000000`,
              endTimeUnixNano: `${1_790_000_000_000 + startMs + ms}000000`,
              ...one,
            })),
          },
        ],
      },
    ],
  });

const post = (url: string, body: string) => fetch(`${url}/v1/traces`, { method: 'POST', body });

test('a trace is printed as a tree: indented, in order, with durations, outcomes, errors and links', async () => {
  const printed: string[] = [];
  const traces = await printTraces((tree) => printed.push(tree));
  await post(
    traces.url,
    request('office-worker', [
      {
        spanId: 'c2',
        parentSpanId: 'b',
        name: 'process office.tasks.bulk',
        startMs: 300,
        ms: 1500,
        attributes: [text('office.task.outcome', 'succeeded')],
        links: [{ traceId, spanId: 'c1' }],
      },
      {
        spanId: 'c1',
        parentSpanId: 'b',
        name: 'process office.tasks.bulk',
        startMs: 20,
        ms: 30,
        attributes: [text('office.task.outcome', 'retried'), text('error.type', 'MAIL_BUSY')],
        status: { code: 2 },
      },
      {
        spanId: 'd',
        parentSpanId: 'c1',
        name: 'UPDATE',
        startMs: 21,
        ms: 2,
        attributes: [text('db.query.text', 'UPDATE tasks\n  SET state = ?')],
      },
    ]),
  );
  await post(
    traces.url,
    request('office-api', [
      { spanId: 'b', parentSpanId: 'a', name: 'send office.tasks:bulk', startMs: 5, ms: 3 },
      {
        spanId: 'a',
        name: 'POST /api/tasks/x',
        startMs: 0,
        ms: 12,
        attributes: [{ key: 'http.response.status_code', value: { intValue: 202 } }],
      },
    ]),
  );
  await traces.close();
  expect(printed).toEqual([
    `trace ${traceId}, 5 spans, 1.8 s
  POST /api/tasks/x  12 ms  202  (office-api)
    send office.tasks:bulk  3.0 ms  (office-api)
      process office.tasks.bulk  30 ms  retried MAIL_BUSY  (office-worker)
        UPDATE tasks SET state = ?  2.0 ms
      process office.tasks.bulk  1.5 s  succeeded  after c1  (office-worker)`,
  ]);
});

test('what is no OTLP is refused, and harms nothing', async () => {
  const printed: string[] = [];
  const traces = await printTraces((tree) => printed.push(tree));
  expect((await post(traces.url, 'protobuf, say')).status).toBe(400);
  expect((await post(traces.url, '{"resourceSpans":[{}]}')).status).toBe(400);
  expect((await fetch(`${traces.url}/v1/metrics`, { method: 'POST', body: '{}' })).status).toBe(404);
  await traces.close();
  expect(printed).toEqual([]);
});

test('a trace is printed when nothing more has come of it for a while', async () => {
  const printed: string[] = [];
  const printer = new TracePrinter({ print: (tree) => printed.push(tree), quietMs: 30 });
  const span = { service: 's', traceId, parentSpanId: undefined, startedAt: 0, ms: 1, attributes: {}, links: [] };
  printer.add([{ ...span, spanId: '1', name: 'one', failed: false }]);
  printer.add([{ ...span, spanId: '2', name: 'two', failed: true }]);
  await until(() => printed.length > 0);
  expect(printed).toEqual([expect.stringMatching(/2 spans[^]*one[^]*two {2}1\.0 ms {2}failed/)]);
});
