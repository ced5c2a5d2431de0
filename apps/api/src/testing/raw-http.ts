/** HTTP by hand, as Node's own client refuses to send what a fuzzer wants to. One connection for each request. */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawRequest {
  method: string;
  /** Path and query, sent as they are. */
  target: string;
  /** Sent as Latin-1, in this order. */
  headers: readonly (readonly [string, string])[];
  /** Sent with its length, unless the headers say another one. */
  body: Buffer | null;
  /** Whether the body is shorter than it was said to be: the sender hangs up in the middle of it. */
  cut: boolean;
}

export interface RawAnswer {
  status: number;
  headers: Map<string, string>;
  body: string;
}

const patienceMs = 10_000;

/**
 * Sends a request and waits for the whole answer; of an event stream, for its beginning.
 *
 * @returns null when the connection ends without an answer, or there is none within ten seconds.
 */
export async function ask(port: number, request: RawRequest): Promise<RawAnswer | null> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (chunk.includes('text/event-stream')) socket.destroy();
  });
  // A server that has answered does not read the rest.
  socket.on('error', () => undefined);
  socket.setTimeout(patienceMs, () => socket.destroy());
  const closed = once(socket, 'close');
  socket.write(encode(request));
  if (request.cut) socket.end();
  await closed;
  return parse(Buffer.concat(chunks));
}

function encode({ method, target, headers, body }: RawRequest): Buffer {
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (!named.has('host')) lines.push('Host: localhost');
  if (!named.has('connection')) lines.push('Connection: close');
  if (body && !named.has('content-length') && !named.has('transfer-encoding'))
    lines.push(`Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body ?? Buffer.alloc(0)]);
}

function parse(bytes: Buffer): RawAnswer | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(first.split(' ')[1]);
  const rest = bytes.subarray(end + 4);
  if (status < 200) return parse(rest);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  // What the body was too short for is taken for another request, and has an answer of its own.
  const length = Number(headers.get('content-length') ?? rest.length);
  const body = headers.get('transfer-encoding') === 'chunked' ? unchunk(rest) : rest.subarray(0, length);
  return { status, headers, body: body.toString() };
}

function unchunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString('latin1'), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
