import { createTestDatabase, type TestDatabase } from '@sorting-office/stack';
import { type Database, openDatabase } from '../database';
import { models } from '../models';
import { migrate } from './migrate';
import { type GateState, SchemaGate } from './schema-gate';

let url: string;
let database: Database;
let home: TestDatabase;
let gate: SchemaGate;
let states: GateState[];
let changed: () => void;

beforeEach(async () => {
  home = await createTestDatabase();
  ({ url } = home);
  database = openDatabase({ url });
  states = [];
  changed = () => undefined;
  gate = new SchemaGate({
    database,
    pollMs: 20,
    onChange: (state) => {
      states.push(state);
      changed();
    },
  });
});
afterEach(async () => {
  await gate.stop();
  await database.close();
  await home.drop();
});

/** Resolves once the gate has said a state that matches. */
const said = (matches: (state: GateState) => boolean) =>
  new Promise<GateState>((resolve) => {
    changed = () => {
      const state = states.find(matches);
      if (state) resolve(state);
    };
    changed();
  });
const closedFor = (reason: RegExp) => said((state) => !state.open && reason.test(state.reason));
const alter = (sql: string) => database.transaction((db) => db.execute(sql));

test('an empty database keeps it closed; it opens by itself after the migration, with every table counted', async () => {
  gate.start();
  await closedFor(/lacks every migration.*run `worker migrate`/);
  const opened = gate.opened();
  await migrate({ url });
  await opened;
  expect(gate.state).toEqual({ open: true, verified: models.length });
});

test.each([
  ['a table', 'DROP TABLE actions', /table actions/],
  ['a column', 'ALTER TABLE mails DROP COLUMN snippet', /column mails.snippet/],
  ['a migration', `DELETE FROM knex_migrations WHERE name = '0003-mail'`, /migration 0003-mail/],
])('%s that is missing is named', async (_what, sql, reason) => {
  await migrate({ url });
  await alter(sql);
  gate.start();
  await closedFor(reason);
});

test('a newer schema is fine', async () => {
  await migrate({ url });
  await alter('ALTER TABLE mails ADD COLUMN mood VARCHAR(8)');
  await alter('CREATE TABLE moods (id INT)');
  await alter(`INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('9999-future', 9, NOW())`);
  gate.start();
  await gate.opened();
});

test('closed by an error, it says so and opens again once all is well', async () => {
  await migrate({ url });
  gate.start();
  await gate.opened();
  await alter('RENAME TABLE tasks TO elsewhere');
  gate.close(new Error('no such table'));
  await closedFor(/table tasks/);
  const opened = gate.opened();
  await alter('RENAME TABLE elsewhere TO tasks');
  await opened;
});

test('a database that does not answer keeps it closed', async () => {
  const away = openDatabase({ url: 'mysql://office:x@127.0.0.1:1/office' });
  const other = new SchemaGate({
    database: away,
    pollMs: 20,
    onChange: (state) => {
      states.push(state);
      changed();
    },
  });
  other.start();
  await closedFor(/cannot be checked: .*ECONNREFUSED/);
  await other.stop();
  await away.close();
});

test('who waits for it can give up', async () => {
  await expect(gate.opened(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  const giving = new AbortController();
  const waiting = gate.opened(giving.signal);
  giving.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
