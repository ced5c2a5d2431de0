// Stands in for the API in tests of the start: takes the tokens that the stand-in CLI has made, and remembers mailboxes.
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const answers = {
  'GET /healthz/ready': () => 200,
  'GET /api/token': () => 200,
  'POST /api/mailboxes': (body) => {
    appendFileSync('mailboxes', `${body}\n`);
    return 201;
  },
};

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const token = request.headers.authorization?.replace('Bearer ', '');
    const known = request.url.startsWith('/healthz') || readFileSync('tokens', 'utf8').split('\n').includes(token);
    response.writeHead(known ? (answers[`${request.method} ${request.url}`]?.(body) ?? 404) : 401);
    response.end(JSON.stringify({ scope: token?.split('-')[0] }));
  });
});
// As the real one traces, with one span for its whole life.
const collector = process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
if (collector) {
  const span = { traceId: '1', spanId: '1', name: 'stand-in', startTimeUnixNano: '0', endTimeUnixNano: '2000000' };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'office-api' } }] };
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] });
  await fetch(`${collector}/v1/traces`, { method: 'POST', body });
}

server.listen(Number(process.env.API_PORT), process.env.API_HOST, () => process.stdout.write('listening\n'));
process.on('SIGTERM', () => {
  process.stdout.write('stopping in order\n');
  process.exit(0);
});
