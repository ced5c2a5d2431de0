import { jest } from '@jest/globals';
import { Connection } from 'mysql2';
import { startApi } from '../testing/api';

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

test('an enqueue asks whose token it is, and adds the task, reads it and adds its audit entry in one transaction', async () => {
  const heard = listen();
  // Without RabbitMQ nobody notes beside it what was published.
  const api = await startApi({ AMQP_URL: 'amqp://127.0.0.1:1' });
  try {
    await api.api.whenReady();
    await api.database.transaction((db) => db.execute('UPDATE tokens SET last_used_at = now(6)'));
    heard.length = 0;
    expect((await api.ask('POST', '/api/tasks/greet', { who: 'Ann' })).status).toBe(202);
    const asked = heard.filter((sql) => !sql.includes('information_schema'));
    const expected = [
      ...['START TRANSACTION READ ONLY', 'SELECT t.hash', 'COMMIT'],
      ...['INSERT INTO tasks ', 'select `tasks`', 'insert into `audit_log` ', 'COMMIT'],
    ];
    expect(asked.map((sql, n) => (sql.startsWith(expected[n] ?? '?') ? expected[n] : sql))).toEqual(expected);
  } finally {
    await api.close();
  }
});
