import { jest } from '@jest/globals';
import { newId } from '@sorting-office/db';
import { loadTasks, TaskRegistry } from '@sorting-office/tasks';
import { Connection } from 'mysql2';
import { type Answer, greet, startApi, type TestApi } from '../testing/api';

/** The statements that this process asks of the database from now on, in their order. */
function listen(): string[] {
  const heard: string[] = [];
  const connection = Connection.prototype as unknown as { query: (this: object, ...call: unknown[]) => unknown };
  const { query } = connection;
  jest.spyOn(connection, 'query').mockImplementation(function (this: object, ...call) {
    const [asked] = call as [string | { sql: string }];
    heard.push((typeof asked === 'string' ? asked : asked.sql).replace(/\s+/g, ' '));
    return query.apply(this, call);
  });
  return heard;
}
afterEach(() => {
  jest.restoreAllMocks();
});

/** What a request asks of the database, of which the beginnings are expected. */
async function asked(request: (api: TestApi) => Promise<Answer>, expected: readonly string[]): Promise<string[]> {
  const heard = listen();
  // Without RabbitMQ nobody notes beside it what was published.
  const api = await startApi(
    { AMQP_URL: 'amqp://127.0.0.1:1' },
    new TaskRegistry([greet, ...(await loadTasks()).all()]),
  );
  try {
    await api.api.whenReady();
    await api.database.transaction((db) => db.execute('UPDATE tokens SET last_used_at = now(6)'));
    // Connections are open by now.
    expect((await api.ask('GET', '/api/tasks')).status).toBe(200);
    heard.length = 0;
    expect((await request(api)).status).toBe(202);
    const statements = heard.filter((sql) => !sql.includes('information_schema'));
    return statements.map((sql, n) => (sql.startsWith(expected[n] ?? '?') ? (expected[n] ?? sql) : sql));
  } finally {
    await api.close();
  }
}

test('an enqueue asks whose token it is, and adds the task, reads it and adds its audit entry in one transaction', async () => {
  const expected = ['SELECT t.hash', 'INSERT INTO tasks ', 'select `tasks`', 'INSERT INTO audit_log ', 'COMMIT'];
  expect(await asked((api) => api.ask('POST', '/api/tasks/greet', { who: 'Ann' }), expected)).toEqual(expected);
});

test('a search is looked at with one statement, however often, and read as a whole once nobody waits any more', async () => {
  const expected = [
    'SELECT t.hash',
    ...['INSERT INTO tasks ', 'insert into `searches` ', 'INSERT INTO audit_log ', 'COMMIT'],
    'select `id`, `state`, `result`, `error` from `tasks`',
    ...[
      'select `tasks`.* from `tasks`',
      'select `batches`.* from `batches`',
      'select `task_attempts`.* from `task_attempts`',
    ],
  ];
  const search = { mailboxId: newId(), text: 'linux' };
  expect(await asked((api) => api.ask('POST', '/api/searches', search), expected)).toEqual(expected);
});
