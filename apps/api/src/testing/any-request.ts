/** Requests of every kind against an OpenAPI document: as it wants them, nearly so, and not at all. */
import fc from 'fast-check';
import { anyContent, type Headers, nothing, oddContent } from './any-content';
import { often, valid } from './any-value';
import type { Operation } from './openapi';
import type { RawRequest } from './raw-http';

export interface Surroundings {
  operations: readonly Operation[];
  tokens: readonly string[];
  /** Ids of things that exist, whosever they are. */
  ids: readonly string[];
}

export function anyRequest({ operations, tokens, ids }: Surroundings): fc.Arbitrary<RawRequest> {
  return fc.oneof(...operations.map((operation) => anyRequestFor(operation, tokens, ids)));
}

function anyRequestFor(
  operation: Operation,
  tokens: readonly string[],
  ids: readonly string[],
): fc.Arbitrary<RawRequest> {
  const { body } = operation;
  return fc
    .record({
      method: often(fc.constant(operation.method), fc.constantFrom(...methods), 15),
      target: anyTarget(operation, ids),
      authorization: anyAuthorization(tokens),
      headers: anyHeaders(operation),
      content: body ? often(anyContent(body), oddContent, 8) : often(fc.constant(nothing), oddContent, 8),
    })
    .map(({ method, target, authorization, headers, content: { headers: described, body, cut = false } }) => ({
      method,
      target,
      headers: [...authorization, ...headers, ...described],
      body,
      cut,
    }));
}

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'BREW',
  'get',
];

/** Sent as they are, so every one of them is one that can stand in a request line; not every one can be decoded. */
const oddSegments = [
  '%ZZ',
  '%',
  '%00',
  '%C0%80',
  '%FF',
  '%F0%9F%98%80',
  '..',
  '%2e%2e',
  '%2F',
  '%5C',
  '__proto__',
  'constructor',
  '-1',
  '0',
  '1e9',
  '{id}',
  ':id',
  "'",
  '%27%20OR%201=1',
  '*',
  'é',
  'x'.repeat(5000),
  'x'.repeat(20_000),
  ';',
  '%0D%0AX:%20y',
  'a%20b',
  '',
];
const oddText = often(fc.constantFrom(...oddSegments), fc.string({ unit: 'binary' }).map(lossyEncode));

/** Percent-encodes, also what no encoding has a place for. */
function lossyEncode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function anyTarget({ path, query }: Operation, ids: readonly string[]): fc.Arbitrary<string> {
  const segment = often(fc.oneof(fc.constantFrom(...ids), fc.uuid()), oddText);
  const names = path.match(/\{\w+\}/g) ?? [];
  const filled = fc
    .tuple(...names.map(() => segment))
    .map((values) => values.reduce((whole, value, index) => whole.replace(names[index] ?? '', () => value), path));
  const bend = fc.constantFrom<((whole: string) => string)[]>(
    (whole) => `${whole}/`,
    (whole) => `/${whole}`,
    (whole) => whole.toUpperCase(),
    (whole) => `${whole}/more`,
    (whole) => `http://elsewhere${whole}`,
    (whole) => `${whole}#x`,
    () => '*',
    () => '/%',
  );
  const odd = fc.tuple(filled, bend).map(([whole, bent]) => bent(whole));
  return fc.tuple(often(filled, odd, 15), anyQuery(query)).map(([whole, parameters]) => whole + parameters);
}

function anyQuery(documented: Operation['query']): fc.Arbitrary<string> {
  const oddName = fc.constantFrom('__proto__', 'a[b][c]', 'limit[]', 'limit[$gt]', 'cursor[a]', '%ZZ', '', '&&', 'x');
  const odd = fc.tuple(oddName, oddText).map(([name, value]) => `${name}=${value}`);
  const named = documented.map(({ name, schema }) =>
    often(
      valid(schema).map((value) => `${name}=${lossyEncode(String(value))}`),
      fc.oneof(
        fc.constantFrom('1e309', '9007199254740993', '-0', 'NaN', '0x10', ' 5', '').map((value) => `${name}=${value}`),
        fc.tuple(oddText, oddText).map(([one, other]) => `${name}=${one}&${name}=${other}`),
      ),
      3,
    ),
  );
  const parts = fc.array(named.length > 0 ? often(fc.oneof(...named), odd, 6) : odd, { maxLength: 3 });
  return often(
    parts.map((all) => (all.length === 0 ? '' : `?${all.join('&')}`)),
    fc.constant(`?${'x=1&'.repeat(3000)}`),
    40,
  );
}

function anyAuthorization(tokens: readonly string[]): fc.Arbitrary<Headers> {
  const [token = ''] = tokens;
  const odd = [
    'Bearer',
    'Bearer ',
    `bearer ${token}`,
    `Bearer  ${token}`,
    `Bearer ${token} x`,
    `Basic ${token}`,
    'Bearer é',
    `Bearer ${'x'.repeat(9000)}`,
  ];
  return often<Headers>(
    fc.constantFrom(...tokens).map((one) => [['Authorization', `Bearer ${one}`]]),
    fc.oneof(
      fc.constant([]),
      fc.constantFrom(...odd).map((value) => [['Authorization', value] as const]),
    ),
    12,
  );
}

function anyHeaders({ headers }: Operation): fc.Arbitrary<Headers> {
  const latin = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) });
  const oddValue = fc.oneof(
    latin,
    fc.constantFrom(
      '',
      '\t',
      'a\tb',
      'a\u0001b',
      'a\u0000b',
      'a\u007fb',
      'a\r\n b',
      'x'.repeat(191),
      'x'.repeat(9000),
      'x'.repeat(20_000),
    ),
    fc.constant(Buffer.from('ключ 🔑').toString('latin1')),
  );
  const documented = headers.map(({ name, schema }) =>
    often(
      valid(schema).map((value) => Buffer.from(String(value)).toString('latin1')),
      oddValue,
      2,
    ).map((value) => [name, value] as const),
  );
  const odd = fc.oneof(
    fc.constantFrom(
      ['Expect', '100-continue'] as const,
      ['Expect', 'the-unexpected'] as const,
      ['Host', ''] as const,
      ['Accept', 'application/xml'] as const,
      ['Accept-Encoding', '*;q=0'] as const,
      ['Upgrade', 'websocket'] as const,
      ['traceparent', '00-zz-zz-zz'] as const,
      ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'] as const,
      ['tracestate', 'x'.repeat(3000)] as const,
      ['If-None-Match', '*'] as const,
      ['Range', 'bytes=0-1'] as const,
      ['X-Forwarded-For', '::'] as const,
      ['X-HTTP-Method-Override', 'DELETE'] as const,
      ['Bad Name', 'x'] as const,
      ['', 'x'] as const,
    ),
    oddValue.map((value) => ['X-Any', value] as const),
  );
  return fc
    .array(documented.length > 0 ? often(fc.oneof(...documented), odd, 2) : odd, { maxLength: 2 })
    .chain((all) => fc.boolean().map((some) => (some ? all : [])));
}
