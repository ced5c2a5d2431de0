/** Tables that stay small however large an installation becomes, with the reason: reading all of them costs nothing. */
export const smallTables: Readonly<Record<string, string>> = {
  knex_migrations: 'a row for each migration',
  rate_limits: 'a row for each task with a rate limit, by its name',
  columns: 'of information_schema: a row for each column there is',
};
