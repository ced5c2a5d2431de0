import { StackError } from '../../errors';
import { ExternalServer } from '../external-server';
import type { BrokerServer } from '../server';
import { Management } from './management';

const AMQP_PORT = 5672;
const MANAGEMENT_OFFSET = 10_000;

/** The broker that AMQP_URL names, with its management API: the one that MANAGEMENT_URL names, or where it usually is. */
export class ExternalBroker extends ExternalServer implements BrokerServer {
  readonly kind = 'broker';
  readonly origin = 'AMQP_URL';
  managementUrl = '';
  version = '';

  constructor(
    readonly url: string,
    private readonly management: string | undefined,
  ) {
    super();
  }

  control(): Promise<string> {
    return this.notOurs('told what to do');
  }

  protected async look(signal: AbortSignal): Promise<void> {
    const candidates = this.management ? [this.management] : managementCandidates(this.url);
    const answers = await Promise.allSettled(candidates.map((candidate) => new Management(candidate).version(signal)));
    for (const [index, answer] of answers.entries()) {
      const candidate = candidates[index];
      if (answer.status !== 'fulfilled' || candidate === undefined) continue;
      this.managementUrl = candidate;
      this.version = answer.value;
      return;
    }
    const places = candidates.map((candidate) => new URL(candidate).host).join(' and ');
    throw new StackError(
      'SERVER_UNREACHABLE',
      `no RabbitMQ management API at ${places}: enable the plugin rabbitmq_management, or set MANAGEMENT_URL`,
      { cause: answers },
    );
  }
}

/** Where the management API of a broker usually listens: at 15672, or as far above the AMQP port as usual. */
export function managementCandidates(amqpUrl: string): string[] {
  const amqp = new URL(amqpUrl);
  const port = Number(amqp.port || AMQP_PORT);
  const credentials = `${amqp.username || 'guest'}:${amqp.password || 'guest'}`;
  const ports = new Set([port + MANAGEMENT_OFFSET, AMQP_PORT + MANAGEMENT_OFFSET]);
  return [...ports]
    .filter((candidate) => candidate < 65_536)
    .map((candidate) => `http://${credentials}@${amqp.hostname}:${candidate}`);
}
