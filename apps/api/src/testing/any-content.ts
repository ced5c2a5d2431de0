/** Bodies of requests, with the headers that say what they are or pretend to be. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { valid } from './any-value';
import type { JsonSchema } from './openapi';

export type Headers = readonly (readonly [string, string])[];

export interface Content {
  headers: Headers;
  body: Buffer | null;
  cut?: boolean;
}
export const nothing: Content = { headers: [], body: null };
const json = ['Content-Type', 'application/json'] as const;
const asJson = (text: string | Buffer): Content => ({ headers: [json], body: Buffer.from(text) });

export function anyContent(schema: JsonSchema): fc.Arbitrary<Content> {
  const right = valid(schema);
  const wrong = fc
    .tuple(right, fc.string(), fc.anything({ maxDepth: 2, withNullPrototype: false }))
    .chain(([value, key, other]) => {
      const whole = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
      const keys = Object.keys(whole);
      return fc.constantFrom(...keys, key, '__proto__', 'constructor').map((at) => textOf({ ...whole, [at]: other }));
    });
  const pollution = right.map((value) =>
    textOf(value).replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":{}},'),
  );
  const compressed = fc.tuple(right, fc.constantFrom('gzip', 'deflate', 'br')).map(([value, encoding]): Content => {
    const text = textOf(value);
    const body = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding](text);
    return { headers: [json, ['Content-Encoding', encoding]], body };
  });
  return fc.oneof(
    { weight: 8, arbitrary: right.map((value) => asJson(textOf(value))) },
    { weight: 5, arbitrary: wrong.map(asJson) },
    { weight: 1, arbitrary: pollution.map(asJson) },
    { weight: 1, arbitrary: compressed },
  );
}

/** JSON, of whatever it can be made. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? Number(one) : one)) as
    string | undefined;
  return text ?? 'null';
}

const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
const bigText = `{"who":"${'x'.repeat(600 * 1024)}"}`;

export const oddContent = fc.oneof<fc.Arbitrary<Content>[]>(
  fc.constant(nothing),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => asJson(Buffer.from(bytes))),
  fc.json().map(asJson),
  fc
    .constantFrom(
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '1e400',
      '{"who":"\\ud800"}',
      '{"\\udfff":1,"who":"x"}',
      '{"who":"\\u0000"}',
      '{"a":1,"a":2,"who":"x"}',
      '['.repeat(50_000),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `${'{"who":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      bigText,
    )
    .map(asJson),
  fc
    .constantFrom(
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
      Buffer.from('{"who":"x"}', 'utf16le'),
      bomb,
    )
    .map(asJson),
  fc.constantFrom('gzip', 'deflate', 'br', 'zstd', 'identity', 'GZIP', 'x', 'gzip, gzip', '').map((encoding) => ({
    headers: [json, ['Content-Encoding', encoding] as const],
    body: Buffer.from('{"who":"x"}'),
  })),
  fc.constant({ headers: [json, ['Content-Encoding', 'gzip'] as const], body: bomb }),
  fc
    .constantFrom(
      'text/plain',
      'application/json; charset=utf-16',
      'application/json; charset=koi8-r',
      'application/json; charset=',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'APPLICATION/JSON',
      'application/json;;;',
      '*/*',
      'é',
      'application/problem+json',
    )
    .map((type) => ({ headers: [['Content-Type', type] as const], body: Buffer.from('{"who":"x"}') })),
  fc.constantFrom('0', '-1', 'x', '99999999999999999999', '3', '+11', '12').map((length) => ({
    headers: [json, ['Content-Length', length]],
    body: Buffer.from('{"who":"x"}'),
    cut: length === '12',
  })),
  fc.constantFrom('5\r\nabc', 'zz\r\n', 'b\r\n{"who":"x"}\r\n0\r\n\r\n', '0\r\n\r\n', '').map((chunks) => ({
    headers: [json, ['Transfer-Encoding', 'chunked']],
    body: Buffer.from(chunks),
    cut: !/^0|\n0/m.test(chunks),
  })),
);
