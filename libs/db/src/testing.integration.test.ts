import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migratedDatabase } from './testing';

/** Stands for the worker of a newer build, whose schema has a table that this build does not know. */
const NEWER = `
  const { createConnection } = require(${JSON.stringify(require.resolve('mysql2/promise'))});
  (async () => {
    if (process.argv[2] !== 'migrate') throw new Error('what is ' + process.argv[2]);
    const connection = await createConnection(process.env.DATABASE_URL);
    await connection.query('CREATE TABLE from_the_future (id INT PRIMARY KEY)');
    await connection.end();
  })();
`;

test('a database for tests is migrated by a newer build first when one is named, and this build works on it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'newer-'));
  const worker = join(folder, 'worker.cjs');
  writeFileSync(worker, NEWER);
  process.env['MIGRATE_WITH'] = worker;
  try {
    const home = await migratedDatabase();
    const found = await home.database.read((db) => db.rows("SHOW TABLES LIKE 'from_the_future'"));
    expect(found).toHaveLength(1);
    await home.drop();
  } finally {
    delete process.env['MIGRATE_WITH'];
    rmSync(folder, { recursive: true });
  }
});
