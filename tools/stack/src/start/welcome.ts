import type { Running } from './running-file';

/** What a user sees when everything is ready. */
export function welcome({ apiUrl, managementUrl, databaseUrl, token }: Running): string {
  const console = new URL(managementUrl);
  return `
Sorting Office is ready.

  API        ${apiUrl}
  API docs   ${apiUrl}/api/docs
  RabbitMQ   ${console.origin}  (user ${console.username}, password ${console.password})
  database   ${databaseUrl}
  token      ${token}

Try in another terminal:

  npx office sort .stack/sample-mailbox
  npx office search "linux kernel"
  npx office doctor

Ctrl-C stops everything; the data stay in .stack/.
`;
}
