/** The accounts that programs have in production, made for a test by the very files that production makes them with. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { Management } from '../servers/broker/management';
import type { TestVhost } from './test-vhost';

const read = (file: string) => readFileSync(join(__dirname, '../../../../k8s/components/server-users', file), 'utf8');

/** The two users of a test's database. */
export interface DatabaseUsers {
  /** For API, workers and CLI. */
  readonly url: string;
  /** For `worker migrate`. */
  readonly migrateUrl: string;
  /** Does what an operator does before an upgrade. */
  grant(): Promise<void>;
  /** Removes both. */
  drop(): Promise<void>;
}

/** Makes the users of a database, in which there need not be a table yet. */
export async function createDatabaseUsers(databaseUrl: string): Promise<DatabaseUsers> {
  const database = new URL(databaseUrl).pathname.slice(1);
  const suffix = randomBytes(6).toString('hex');
  const [runs, migrates, password] = [`runs_${suffix}`, `migrates_${suffix}`, randomBytes(12).toString('hex')];
  const grants = read('grants.sql')
    .replaceAll(/\boffice\.(?=[a-z*])/g, `${database}.`)
    .replaceAll("'office'@", `'${runs}'@`)
    .replaceAll("'office_migrate'@", `'${migrates}'@`);
  const execute = async (statements: string) => {
    const connection = await createConnection({ uri: databaseUrl, multipleStatements: true });
    await connection.query(statements).finally(() => connection.end());
  };
  const as = (user: string) => Object.assign(new URL(databaseUrl), { username: user, password }).href;
  await execute([runs, migrates].map((user) => `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'`).join(';'));
  await execute(grants);
  return {
    url: as(runs),
    migrateUrl: as(migrates),
    grant: () => execute(grants),
    drop: () => execute(`DROP USER '${runs}'@'%', '${migrates}'@'%'`),
  };
}

/** RabbitMQ's user of a test's virtual host. */
export interface BrokerUser {
  readonly amqpUrl: string;
  drop(): Promise<void>;
}

/** Makes the user that API and workers have in a virtual host. */
export async function createBrokerUser({ amqpUrl, managementUrl, name }: TestVhost): Promise<BrokerUser> {
  const management = new Management(managementUrl);
  const [user, password] = [`runs-${randomBytes(6).toString('hex')}`, randomBytes(12).toString('hex')];
  await management.request('PUT', `/api/users/${user}`, { password, tags: '' });
  await management.request('PUT', `/api/permissions/${name}/${user}`, JSON.parse(read('permissions.json')));
  return {
    amqpUrl: Object.assign(new URL(amqpUrl), { username: user, password }).href,
    drop: async () => {
      await management.request('DELETE', `/api/users/${user}`);
    },
  };
}
