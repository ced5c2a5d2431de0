import { createConnection } from 'mysql2/promise';

const CONNECT_TIMEOUT = 2_000;

/**
 * Logs in and asks for the version.
 * @returns e.g. "mariadb 10.11" or "mysql 9.5"
 * @throws the driver's error while the server does not answer or refuses.
 */
export async function databaseVersion(url: string): Promise<string> {
  const connection = await createConnection({ uri: url, connectTimeout: CONNECT_TIMEOUT });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return describeVersion((rows as { version: string }[])[0]?.version ?? '');
  } finally {
    connection.destroy();
  }
}

/** "10.11.14-MariaDB-0+deb12u2" becomes "mariadb 10.11": patch releases do not make tests run again. */
export function describeVersion(version: string): string {
  const [release = version] = /^\d+\.\d+/.exec(version) ?? [];
  return `${/mariadb/i.test(version) ? 'mariadb' : 'mysql'} ${release}`;
}
