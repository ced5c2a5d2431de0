import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { createLogger, currentTraceContext, failCurrentSpan, inSpan, outsideOfSpans } from './index';
import { startTracing } from './tracing';

const exporter = new InMemorySpanExporter();
// Read before they are gone: an exporter in memory forgets them when it is shut down.
let kept: ReturnType<InMemorySpanExporter['getFinishedSpans']> = [];
exporter.shutdown = () => {
  kept = exporter.getFinishedSpans();
  return Promise.resolve();
};
let tracing: ReturnType<typeof startTracing>;
beforeEach(() => {
  exporter.reset();
  tracing = startTracing(resourceFromAttributes({}), exporter);
});
afterEach(() => tracing.stop());

async function finished() {
  await tracing.stop();
  return kept;
}
const context = () => Promise.resolve(currentTraceContext());

test('a carrier continues the trace it came from, in another span, wherever it arrives', async () => {
  const sent = await inSpan('send', { kind: 'producer' }, context);
  const received = await inSpan('other', { kind: 'internal' }, () =>
    inSpan('process', { kind: 'consumer', parent: sent }, context),
  );
  const [, traceId, spanId] = sent?.['traceparent']?.split('-') ?? [];
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(received?.['traceparent']).toContain(traceId);
  expect(received?.['traceparent']).not.toContain(spanId);
});

test('without a parent a span begins a trace, and what is outside of spans is in none', async () => {
  const [own, begun, outside] = await inSpan('other', { kind: 'internal' }, async () => [
    await context(),
    await inSpan('process', { kind: 'consumer', parent: null }, context),
    await outsideOfSpans(context),
  ]);
  expect(begun?.['traceparent']?.slice(0, 35)).not.toBe(own?.['traceparent']?.slice(0, 35));
  expect(outside).toBeNull();
});

test('a trace that is not taken goes on as it came, and nothing of it is told', async () => {
  const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-00`;
  const [received, within] = await inSpan('process', { kind: 'consumer', parent: { traceparent } }, async () => [
    await context(),
    await inSpan('transaction', { kind: 'internal' }, () => inSpan('send', { kind: 'producer' }, context)),
  ]);
  expect(received?.['traceparent']).toMatch(/^00-1{32}-[0-9a-f]{16}-00$/);
  expect(within).toEqual(received);
  expect(await finished()).toEqual([]);
});

test('links, attributes, and failures with their codes and without their secrets', async () => {
  const earlier = await inSpan('first', { kind: 'consumer' }, context);
  const error = Object.assign(new Error('cannot reach amqp://u:hush@mq/'), { code: 'AWAY' });
  const options = {
    kind: 'consumer',
    links: [earlier ?? {}],
    attributes: () => ({ 'office.task.name': 'x' }),
  } as const;
  await expect(inSpan('second', options, () => Promise.reject(error))).rejects.toBe(error);
  await inSpan('third', { kind: 'internal', isFailure: () => false }, () => Promise.reject(error)).catch(
    () => undefined,
  );
  await inSpan('fourth', { kind: 'internal' }, () => {
    failCurrentSpan(error);
    return Promise.resolve();
  });

  const [first, second, third, fourth] = await finished();
  expect(second?.links).toEqual([
    expect.objectContaining({ context: expect.objectContaining({ spanId: first?.spanContext().spanId }) as unknown }),
  ]);
  expect(second?.attributes).toEqual({ 'office.task.name': 'x', 'error.type': 'AWAY' });
  expect([first, second, third, fourth].map((span) => span?.status.code)).toEqual([0, 2, 0, 2]);
  expect(JSON.stringify([second?.events, second?.status])).toContain('amqp://u:[redacted]@mq/');
  expect(JSON.stringify([second?.events, second?.status])).not.toContain('hush');
});

test('lines that are logged inside of a span name it', async () => {
  const lines: string[] = [];
  const log = createLogger({ service: 'x', destination: { write: (line) => lines.push(line) } });
  const own = await inSpan('work', { kind: 'internal' }, () => {
    log.info('inside');
    return context();
  });
  const { trace_id, span_id } = JSON.parse(lines[0] ?? '') as Record<string, string>;
  expect(own?.['traceparent']).toBe(`00-${trace_id}-${span_id}-01`);
});
