import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Servers } from '@sorting-office/stack';

const routine =
  /accepting AMQP|authenticated and granted|client-provided name|closing AMQP|closed TCP|[Ff]eature flags|plugin/;
const mostLines = 40;

/** What RabbitMQ has said last, without its clients' coming and going. */
export function brokerLog({ home }: Servers): string {
  const file = join(home, 'log', 'broker.log');
  if (!existsSync(file)) return 'nothing that is kept here';
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => !routine.test(line))
    .slice(-mostLines)
    .join('\n');
}
