import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { currentTraceContext, inSpan, metrics, startTelemetry, type Telemetry } from './index';

let telemetry: Telemetry;
beforeEach(() => {
  telemetry = startTelemetry({ name: 'test', version: '1.2.3' });
});
afterEach(() => telemetry.stop());

test('a carrier continues the trace it came from, in another span', async () => {
  const sent = await inSpan('send', { kind: 'producer' }, () => Promise.resolve(currentTraceContext()));
  const received = await inSpan('process', { kind: 'consumer', parent: sent }, () =>
    Promise.resolve(currentTraceContext()),
  );

  const [, traceId, spanId] = sent?.['traceparent']?.split('-') ?? [];
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(received?.['traceparent']).toContain(traceId);
  expect(received?.['traceparent']).not.toContain(spanId);
});

test('there is no carrier outside of a span', () => {
  expect(currentTraceContext()).toBeNull();
});

test('metrics are served in the text format of Prometheus', async () => {
  metrics.getMeter('test').createCounter('office_things').add(3);
  const server = createServer((request, response) => telemetry.serveMetrics(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toMatch(/^office_things_total\S* 3$/m);
    expect(text).toContain('service_version="1.2.3"');
  } finally {
    server.close();
  }
});
