import { freePort } from '../../process/free-port';
import { Management } from '../broker/management';
import type { BrokerServer } from '../server';
import type { ContainerSpec } from './container';
import { DockerServer } from './docker-server';

/** RabbitMQ in a container, with its management plugin. */
export class DockerBroker extends DockerServer implements BrokerServer {
  readonly kind = 'broker';
  readonly origin = 'rabbitmq:4-management';
  url = '';
  managementUrl = '';
  version = '';

  control(...args: readonly string[]): Promise<string> {
    return this.exec('rabbitmqctl', ['--quiet', ...args]);
  }

  protected async describe(password: string): Promise<ContainerSpec> {
    const [amqp, console] = await Promise.all([freePort(), freePort()]);
    this.url = `amqp://office:${password}@127.0.0.1:${amqp}`;
    this.managementUrl = `http://office:${password}@127.0.0.1:${console}`;
    const management = new Management(this.managementUrl);
    return {
      kind: this.kind,
      image: this.origin,
      ports: { 5672: amqp, 15672: console },
      data: '/var/lib/rabbitmq',
      password,
      env: { RABBITMQ_DEFAULT_USER: 'office', RABBITMQ_DEFAULT_PASS: password },
      args: [],
      ready: async (signal) => {
        await management.whenServing(5672, signal);
        this.version = await management.version(signal);
      },
    };
  }
}
