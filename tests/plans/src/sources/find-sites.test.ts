import { productionSources, sitesIn } from './find-sites';

const linesIn = (text: string) => sitesIn('some.ts', text).map((site) => Number(site.split(':')[1]));

test('statements, models, and what goes past units of work are found where they are written', () => {
  expect(
    linesIn(`
      const rows = await db.rows<{ id: string }>('SELECT 1');
      await unit
        .execute('UPDATE tasks');
      await db.insertAll(Task, []);
      const query = db(Task).where({ id });
      const other = work(Mail);
      await db(model);
      await pool.raw('SELECT 1'), await knex('tasks').first();
      await connection.query('SELECT 1');
    `),
  ).toEqual([2, 4, 5, 6, 7, 8, 9, 9, 10]);
});

test('what is only said of them, and what has a model among others, is passed over', () => {
  expect(
    linesIn(`// db.rows('SELECT 1')\nconst text = "db(Task)"; tableBy(Task, 'tasks_name'); rows('x'); table.rows;`),
  ).toEqual([]);
});

test('tests and what is made for them are not part of any program', () => {
  const sources = productionSources();
  expect(sources).toContain('libs/db/src/tasks/outbox.ts');
  expect(sources).toContain('apps/api/src/routes/tasks.ts');
  expect(sources.filter((file) => /test|\/testing/.test(file))).toEqual([]);
});
