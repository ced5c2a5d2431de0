import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Answers 200 for each path that is a file in its folder; REFUSE_TERM makes it deaf, ONCE makes it fail the first time. */
const source = `
import { createServer } from 'node:http';
import { appendFileSync, existsSync } from 'node:fs';
const [, , what, argument] = process.argv;
const { HOST, REFUSE_TERM } = process.env;
if (what === 'append') appendFileSync('log', argument + '\\n');
else if (what === 'fail-once') {
  const again = existsSync('failed');
  appendFileSync('failed', '');
  process.exit(again ? 0 : 1);
} else {
  process.on('SIGTERM', () => {
    appendFileSync('log', 'SIGTERM\\n');
    if (!REFUSE_TERM) process.exit(0);
  });
  createServer((request, response) => {
    response.statusCode = existsSync('.' + request.url) ? 200 : 503;
    response.end(HOST);
  }).listen(8080, HOST);
}
`;

/** A folder with `program.mjs` and the files `live` and `ready`, as an image would be. */
export interface Program {
  readonly folder: string;
  remove(): Promise<void>;
}

export async function makeProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'podrun-program-'));
  await writeFile(join(folder, 'program.mjs'), source);
  for (const file of ['live', 'ready', 'log']) await writeFile(join(folder, file), '');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
