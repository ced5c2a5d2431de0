import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { currentTraceContext, inSpan, metrics, startTelemetry, type Telemetry, telemetryConfig } from './index';

async function scrape(telemetry: Telemetry): Promise<{ status: number; text: string }> {
  const server = createServer((request, response) => telemetry.serveMetrics(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    return { status: response.status, text: await response.text() };
  } finally {
    server.close();
  }
}

test('metrics are served in the text format of Prometheus', async () => {
  const telemetry = await startTelemetry({ name: 'test', version: '1.2.3' });
  try {
    metrics.getMeter('test').createCounter('office_things').add(3);
    const { text } = await scrape(telemetry);
    expect(text).toMatch(/^office_things_total 3$/m);
    expect(text).toContain('service_version="1.2.3"');
  } finally {
    await telemetry.stop();
  }
});

test('while tracing is off, work runs, nothing is traced, and the SDK for traces is not even imported', async () => {
  const telemetry = await startTelemetry({ name: 'test', version: '0' }, telemetryConfig.parse({}));
  try {
    const seen = await inSpan('work', { kind: 'internal' }, () => Promise.resolve(currentTraceContext()));
    expect(seen).toBeNull();
    expect(Object.keys(require.cache).filter((file) => file.includes('sdk-trace-node'))).toEqual([]);
  } finally {
    await telemetry.stop();
  }
});

test('OTEL_SDK_DISABLED turns the metrics off too', async () => {
  const config = telemetryConfig.parse({ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector' });
  expect(config).toEqual({ metrics: false, tracing: false });
  const telemetry = await startTelemetry({ name: 'test', version: '0' }, config);
  expect((await scrape(telemetry)).status).toBe(404);
  await telemetry.stop();
});

test.each([
  [{}, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
])('%j: tracing %s', (env, tracing) => {
  expect(telemetryConfig.parse(env)).toEqual({ metrics: true, tracing });
});
