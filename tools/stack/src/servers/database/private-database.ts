import { mkdirSync, chownSync } from 'node:fs';
import { join } from 'node:path';
import { type Exit, ManagedProcess } from '../../process/managed-process';
import { mark } from '../../process/marked';
import { serviceUser, type User } from '../../process/user';
import { type CertificateFiles, writeCertificate } from '../certificate';
import { writeOwned, secret } from '../owned-file';
import type { Place } from '../place';
import { onFreePorts } from '../ports';
import type { DatabaseServer } from '../server';
import { serverFolder } from '../server-folder';
import { type DatabaseBinary, initialiseData } from './initialise';
import { databaseVersion } from './probe';

const READY_WITHIN = 60_000;
const STOP_WITHIN = 30_000;

/**
 * A MariaDB or MySQL server of our own, from an installed program: 127.0.0.1 only, on a free port, data in the stack's home.
 * Its only account that can be used is `office`, with a random password, and it may do everything.
 */
export class PrivateDatabase implements DatabaseServer {
  readonly kind = 'database';
  readonly ours = true;
  readonly origin: string;
  url = '';
  version = '';
  #process: ManagedProcess | undefined;

  constructor(
    private readonly binary: DatabaseBinary,
    private readonly place: Place,
  ) {
    this.origin = binary.path;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get exited(): Promise<Exit> {
    if (!this.#process) throw new Error('the database was never started');
    return this.#process.exited;
  }

  async start(signal = this.place.signal): Promise<void> {
    const user = serviceUser('mysql');
    const folder = await serverFolder(this.place, 'database', user);
    const certificate = this.place.certificate?.();
    const files = certificate && writeCertificate(folder, certificate, user);
    if (this.#process) return this.#process.start(signal);
    const data = join(folder, 'data');
    const temporary = join(folder, 'tmp');
    makeFolder(temporary, user);
    await initialiseData(this.binary, { data, temporary, user, home: this.place.home }, signal);
    const password = secret(join(folder, 'password'), user);
    writeOwned(join(folder, 'accounts.sql'), accounts(password), user);
    await onFreePorts(1, async ([port]) => {
      this.url = `mysql://office:${password}@127.0.0.1:${port}/office`;
      const server = this.#prepare(folder, port, user, files);
      await server.start(signal);
      this.#process = server;
    });
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  #prepare(folder: string, port: number, user: User | undefined, files: CertificateFiles | undefined): ManagedProcess {
    const { durable, binaryLog, databaseMemoryMb, home } = this.place;
    return new ManagedProcess({
      name: this.binary.product,
      file: this.binary.path,
      args: [
        '--no-defaults',
        `--datadir=${join(folder, 'data')}`,
        `--tmpdir=${join(folder, 'tmp')}`,
        `--init-file=${join(folder, 'accounts.sql')}`,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
        '--socket=server.sock', // In the data directory; a full path may be longer than a socket's may be.
        '--pid-file=server.pid',
        ...(files ? [`--ssl-ca=${files.authority}`, `--ssl-cert=${files.certificate}`, `--ssl-key=${files.key}`] : []),
        '--loose-mysqlx=OFF',
        '--loose-secure-file-priv=',
        '--skip-name-resolve',
        '--character-set-server=utf8mb4',
        '--transaction-isolation=READ-COMMITTED',
        '--max-connections=500',
        `--innodb-flush-log-at-trx-commit=${durable ? 1 : 2}`,
        `--sync-binlog=${durable ? 1 : 0}`,
        ...(databaseMemoryMb === undefined ? [] : [`--innodb-buffer-pool-size=${databaseMemoryMb}M`]),
        ...(binaryLog ? ['--log-bin=binlog', '--server-id=1'] : []),
      ],
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...mark(home) },
      cwd: '/',
      user,
      output: join(home, 'log', 'database.log'),
      ready: async () => {
        this.version = await databaseVersion(this.url);
      },
      readyWithin: READY_WITHIN,
      stopWithin: STOP_WITHIN,
    });
  }
}

/** Read by the server at each start, before it accepts connections; safe to repeat. */
function accounts(password: string): string {
  return [
    "CREATE USER IF NOT EXISTS 'office'@'%';",
    `ALTER USER 'office'@'%' IDENTIFIED BY '${password}';`,
    "GRANT ALL PRIVILEGES ON *.* TO 'office'@'%' WITH GRANT OPTION;",
    `ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`,
    'CREATE DATABASE IF NOT EXISTS office CHARACTER SET utf8mb4;',
    '',
  ].join('\n');
}

function makeFolder(path: string, user: User | undefined): void {
  mkdirSync(path, { recursive: true });
  if (user) chownSync(path, user.uid, user.gid);
}
