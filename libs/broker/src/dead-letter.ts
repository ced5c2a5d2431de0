import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { Message } from 'amqplib';
import { z } from 'zod';

/** Headers that say what became of a message that was put aside. */
export const deadHeaders = {
  id: 'x-office-dead-id',
  at: 'x-office-dead-at',
  reason: 'x-office-reason',
  queue: 'x-office-queue',
} as const;

/** A message that was put aside, as it can be shown. */
export const deadLetterSchema = z.object({
  id: z.uuid().meta({ description: 'The same for as long as it lies aside' }),
  reason: z.string().nullable(),
  queue: z.string().nullable().meta({ description: 'Where it came from, and goes back to' }),
  at: z.iso.datetime().nullable().meta({ description: 'When it was put aside' }),
  properties: z.record(z.string(), z.unknown()).meta({ description: 'AMQP properties, those that it has' }),
  headers: z.record(z.string(), z.unknown()).meta({ description: 'Those that it had before it was put aside' }),
  body: z.object({
    encoding: z.enum(['text', 'base64']),
    content: z.string().meta({ description: 'The first 64 KiB' }),
    size: z.int().meta({ description: 'All of its bytes' }),
  }),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/** Bytes of a body that are shown. */
const maxShown = 64 * 1024;

/**
 * What a message in `office.dead` says of itself. Those that RabbitMQ put there by itself carry `x-death` instead of our headers, and
 * an id that follows from their message id or else from their body.
 */
export function readDeadLetter(message: Message): DeadLetter {
  const { content, properties } = message;
  const { headers: table, ...others }: Record<string, unknown> = { ...properties };
  const headers = (table ?? {}) as Record<string, unknown>;
  const death = lastDeath(headers);
  return {
    id: uuidOr(headers[deadHeaders.id], () => derivedId(textOf(others['messageId']) ?? content)),
    reason: textOf(headers[deadHeaders.reason]) ?? death.reason,
    queue: textOf(headers[deadHeaders.queue]) ?? death.queue,
    at: momentOr(headers[deadHeaders.at], death.at),
    properties: plainTable(Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined))),
    headers: plainTable(formerHeaders(message)),
    body: shown(content),
  };
}

/** The headers that a message had before it was put aside. */
export const formerHeaders = (message: Message): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries((message.properties.headers ?? {}) as Record<string, unknown>).filter(
      ([name]) => !/^x-(office-.*|death|(first|last)-death-.*|delivery-count|acquired-count)$/.test(name),
    ),
  );

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const uuidOr = (value: unknown, otherwise: () => string): string => {
  const id = z.uuid().safeParse(value);
  return id.success ? id.data : otherwise();
};

const momentOr = (value: unknown, otherwise: string | null): string | null => {
  const at = z.iso.datetime().safeParse(value);
  return at.success ? at.data : otherwise;
};

/** A UUID (version 8: of one's own making) that is the same for the same text or bytes. */
function derivedId(of: string | Buffer): string {
  const bytes = createHash('sha256').update(of).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const deaths = z
  .array(
    z.object({
      queue: z.string(),
      reason: z.string(),
      time: z.object({ value: z.number() }).optional(),
    }),
  )
  .min(1);

/** What RabbitMQ itself notes of a message that it puts aside, the latest first: https://www.rabbitmq.com/docs/dlx#effects. */
function lastDeath(headers: Record<string, unknown>): Pick<DeadLetter, 'reason' | 'queue' | 'at'> {
  const [death] = deaths.safeParse(headers['x-death']).data ?? [];
  if (!death) return { reason: null, queue: null, at: null };
  const at = new Date((death.time?.value ?? Number.NaN) * 1000);
  return {
    reason: `RabbitMQ put it aside itself: ${death.reason}`,
    queue: death.queue,
    at: Number.isNaN(at.getTime()) ? null : at.toISOString(),
  };
}

function shown(content: Buffer): DeadLetter['body'] {
  const part = content.subarray(0, maxShown);
  if (!isUtf8(content)) return { encoding: 'base64', content: part.toString('base64'), size: content.length };
  // Streaming, so that a character that the cut goes through is left out.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(part, { stream: true });
  return { encoding: 'text', content: text, size: content.length };
}

/** How deep a header is looked into. */
const maxDepth = 8;

const plainTable = (table: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, plain(value, depth)]));

/** A header as JSON has it: bytes as base64, numbers that JSON has not as text. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === maxDepth) return '…';
  if (Buffer.isBuffer(value)) return value.toString('base64');
  return Array.isArray(value) ? value.map((one) => plain(one, depth + 1)) : plainTable(value, depth + 1);
}
