import { freePort } from '../../process/free-port';
import { databaseVersion } from '../database/probe';
import type { DatabaseServer } from '../server';
import type { ContainerSpec } from './container';
import { DockerServer } from './docker-server';

/** MySQL in a container. */
export class DockerDatabase extends DockerServer implements DatabaseServer {
  readonly kind = 'database';
  readonly origin = 'mysql:8.4';
  url = '';
  version = '';

  protected async describe(password: string): Promise<ContainerSpec> {
    const port = await freePort();
    const { durable, databaseMemoryMb } = this.place;
    this.url = `mysql://root:${password}@127.0.0.1:${port}/office`;
    return {
      kind: this.kind,
      image: this.origin,
      ports: { 3306: port },
      data: '/var/lib/mysql',
      password,
      env: { MYSQL_ROOT_PASSWORD: password, MYSQL_DATABASE: 'office' },
      args: [
        '--character-set-server=utf8mb4',
        '--transaction-isolation=READ-COMMITTED',
        '--max-connections=500',
        `--innodb-flush-log-at-trx-commit=${durable ? 1 : 2}`,
        `--sync-binlog=${durable ? 1 : 0}`,
        ...(databaseMemoryMb === undefined ? [] : [`--innodb-buffer-pool-size=${databaseMemoryMb}M`]),
      ],
      ready: async () => {
        this.version = await databaseVersion(this.url);
      },
    };
  }
}
