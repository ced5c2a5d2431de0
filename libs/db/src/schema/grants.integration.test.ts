/** What production's accounts may do, by k8s/components/server-users/grants.sql, on the server that the tests have. */
import { createDatabaseUsers, createTestDatabase } from '@sorting-office/stack';
import { databaseErrorKind } from '../errors';
import { openKnex } from '../connection';
import { type MigratedDatabase, migratedDatabase } from '../testing';
import { migrate } from './migrate';

let home: MigratedDatabase;
beforeAll(async () => {
  home = await migratedDatabase();
});
afterAll(() => home.drop());

/** Runs statements as a user, and returns the number of the server's refusal for each; null for none. */
async function refusals(url: string, statements: readonly string[]): Promise<(number | null)[]> {
  const knex = openKnex({ url, poolSize: 1 });
  const errno = (error: unknown) => (error as { errno: number }).errno;
  const found: (number | null)[] = [];
  for (const statement of statements) found.push(await knex.raw(statement).then(() => null, errno));
  await knex.destroy();
  return found;
}
const denied = 1142;

async function rows<Row>(url: string, sql: string): Promise<Row[]> {
  const knex = openKnex({ url, poolSize: 1 });
  const [found] = (await knex.raw(sql)) as [Row[]];
  await knex.destroy();
  return found;
}
const tables = async () =>
  (
    await rows<{ name: string }>(
      home.url,
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    )
  ).map(({ name }) => name);

test('every table that migrations make is granted, but for the one by which knex locks; and nothing else is', async () => {
  const granted = await rows<{ name: string; may: string }>(
    home.programUrl,
    `SELECT table_name AS name, GROUP_CONCAT(privilege_type ORDER BY privilege_type) AS may
     FROM information_schema.table_privileges WHERE table_schema = DATABASE() GROUP BY table_name`,
  );
  expect(granted.map(({ name }) => name).sort()).toEqual(
    (await tables()).filter((name) => name !== 'knex_migrations_lock').sort(),
  );
  for (const { may } of granted) expect(may).toMatch(/^(?:(?:DELETE|INSERT|SELECT|UPDATE)(?:,|$))+$/);
  expect(granted).toEqual(
    expect.arrayContaining([
      { name: 'audit_log', may: 'INSERT,SELECT' },
      { name: 'knex_migrations', may: 'SELECT' },
    ]),
  );
  const whole = await rows(
    home.programUrl,
    'SELECT privilege_type FROM information_schema.schema_privileges WHERE table_schema = DATABASE()',
  );
  expect(whole).toEqual([]);
});

test('who works may not alter the schema, change what was written down, or say which migrations were applied', async () => {
  const statements = [
    'CREATE TABLE intruder (id INT)',
    'ALTER TABLE tasks ADD COLUMN intruder INT',
    'DROP TABLE tasks',
    'TRUNCATE TABLE tasks',
    'CREATE INDEX intruder ON tasks (name)',
    "UPDATE audit_log SET action = ''",
    'DELETE FROM audit_log',
    'DELETE FROM knex_migrations',
    "UPDATE knex_migrations SET name = ''",
    "INSERT INTO knex_migrations (name) VALUES ('')",
    'SELECT * FROM knex_migrations_lock',
    'DELETE FROM mails',
    'DELETE FROM actions',
  ];
  expect(await refusals(home.programUrl, statements)).toEqual(statements.map(() => denied));
  expect(await refusals(home.programUrl, ['SELECT * FROM mysql.user'])).not.toEqual([null]);
});

test('who migrates may not make accounts, or grant', async () => {
  const users = await createDatabaseUsers(home.url);
  const found = await refusals(users.migrateUrl, [
    "CREATE USER 'intruder'@'%'",
    "GRANT SELECT ON tasks TO 'root'@'localhost'",
  ]);
  await users.drop();
  expect(found).not.toContain(null);
});

test('granting again takes away what earlier releases granted, and what somebody has added', async () => {
  const empty = await createTestDatabase();
  const users = await createDatabaseUsers(empty.url);
  const name = new URL(users.url).username;
  await migrate({ url: users.migrateUrl });
  await refusals(empty.url, [
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${new URL(empty.url).pathname.slice(1)}.* TO '${name}'@'%'`,
    `GRANT UPDATE ON audit_log TO '${name}'@'%'`,
  ]);
  const deleting = ['DELETE FROM audit_log', "UPDATE audit_log SET action = ''"];
  expect(await refusals(users.url, deleting)).toEqual([null, null]);
  await users.grant();
  expect(await refusals(users.url, deleting)).toEqual([denied, denied]);
  await users.drop();
  await empty.drop();
});

test('a right that was not granted yet is no fault of a task', () => {
  expect(databaseErrorKind(Object.assign(new Error('denied'), { errno: denied }))).toBe('schema');
});
