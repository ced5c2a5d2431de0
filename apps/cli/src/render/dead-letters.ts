import type { DeadLetter } from '../api/schemas';
import type { Style } from './style';
import { pairs, table } from './table';
import { moment, plural, printable } from './text';

/** Messages that were put aside, a line each. */
export function renderDeadLetters(
  { items, total }: { items: readonly DeadLetter[]; total: number },
  style: Style,
): string {
  if (items.length === 0) return 'There are no dead letters.';
  const list = table(
    [
      { title: 'id' },
      { title: 'put aside' },
      { title: 'queue' },
      { title: 'type' },
      { title: 'bytes', align: 'right' },
      { title: 'reason' },
    ],
    items.map(({ id, at, queue, properties, body, reason }) => [
      id,
      moment(at),
      queue ?? '-',
      typeOf(properties),
      String(body.size),
      reason ?? '-',
    ]),
    style,
  );
  if (total <= items.length) return list;
  return `${list}\n${style.colors.dim(`${plural(total, 'dead letter')} in all: see --limit.`)}`;
}

/** One message with everything that is known of it. */
export function renderDeadLetter(
  { id, at, queue, reason, properties, headers, body }: DeadLetter,
  style: Style,
): string {
  return pairs(
    [
      ['id', printable(id)],
      ['put aside', moment(at)],
      ['queue', printable(queue ?? '-')],
      ['reason', style.colors.red(printable(reason ?? '-'))],
      ['properties', printable(JSON.stringify(properties))],
      ['headers', printable(JSON.stringify(headers))],
      ['body', shown(body)],
    ],
    style,
  );
}

const typeOf = ({ type }: Record<string, unknown>) => (typeof type === 'string' ? type : '-');

const longestBody = 2000;

function shown({ encoding, content, size }: DeadLetter['body']): string {
  const text = printable(content);
  const part = text.length <= longestBody ? text : `${text.slice(0, longestBody)}… (more of it with --json)`;
  return `${plural(size, 'byte')}${encoding === 'base64' ? ', in base64' : ''}: ${part}`;
}
