import { createConnection } from 'mysql2/promise';
import { createTestDatabase, createTestVhost, Management, testServers } from '../index';

describe('what the jest setup gives to integration tests', () => {
  test('a database of its own, empty, utf8mb4, and gone after drop, even while a session holds locks in it', async () => {
    const database = await createTestDatabase();
    const holder = await createConnection(database.url);
    holder.on('error', () => undefined); // It will be killed.
    const [tables] = await holder.query('SHOW TABLES');
    expect(tables).toEqual([]);
    const [charset] = await holder.query('SELECT @@character_set_database AS charset');
    expect(charset).toEqual([{ charset: 'utf8mb4' }]);
    await holder.query('CREATE TABLE letters (id INT PRIMARY KEY) ENGINE=InnoDB');
    await holder.query('INSERT INTO letters VALUES (1)');
    await holder.beginTransaction();
    await holder.query('SELECT * FROM letters FOR UPDATE');

    await database.drop();

    await expect(createConnection(database.url)).rejects.toMatchObject({ code: 'ER_BAD_DB_ERROR' });
    holder.destroy();
  });

  test('a virtual host of its own, gone after drop', async () => {
    const vhost = await createTestVhost();
    const management = new Management(vhost.managementUrl);
    expect(new URL(vhost.amqpUrl).pathname).toBe(`/${vhost.name}`);
    expect(await management.request('GET', `/api/queues/${vhost.name}`)).toEqual([]);

    await vhost.drop();

    await expect(management.request('GET', `/api/vhosts/${vhost.name}`)).rejects.toMatchObject({
      code: 'MANAGEMENT_REFUSED',
    });
  });

  test('addresses of all three servers', () => {
    const { databaseUrl, amqpUrl, managementUrl } = testServers();
    expect(databaseUrl).toMatch(/^mysql:/);
    expect(amqpUrl).toMatch(/^amqp:/);
    expect(managementUrl).toMatch(/^http:/);
  });
});
