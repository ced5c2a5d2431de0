// Stands in for the worker in tests of the start.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

if (process.argv[2] === 'migrate') {
  appendFileSync('migrations', `${process.env.DATABASE_URL}\n`);
} else {
  createServer((_, response) => response.end('{}')).listen(Number(process.env.HEALTH_PORT), process.env.HEALTH_HOST);
  process.on('SIGTERM', () => process.exit(0));
}
