/** Tables that stay small however large an installation becomes, with the reason: reading all of them costs nothing. */
export const smallTables: Readonly<Record<string, string>> = {
  knex_migrations: 'a row for each migration',
  rate_limits: 'a row for each task with a rate limit, by its name',
};

/** What is asked of the server's own tables, which hold its schema and no rows of ours. */
export const readsSchema = (sql: string): boolean => /\bfrom information_schema\./i.test(sql);
