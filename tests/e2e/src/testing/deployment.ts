/** The whole system as it is deployed, with a database and a virtual host of its own: built programs, real servers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, createTestVhost } from '@sorting-office/stack';
import { Program } from './program';

/** Milliseconds between two looks at a task: the programs need the machine more. */
const lookEveryMs = 100;

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** @param some what is added to every program's environment. */
export async function deploy(some: Record<string, string> = {}) {
  const [database, vhost] = await Promise.all([createTestDatabase(), createTestVhost()]);
  const programs: Program[] = [];
  const env = {
    DATABASE_URL: database.url,
    AMQP_URL: vhost.amqpUrl,
    API_HOST: '127.0.0.1',
    API_PORT: '0',
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: '0',
    LOG_LEVEL: 'info',
    ...some,
  };
  let api = { url: '', token: '' };

  const start = (app: string, ...args: string[]) => {
    const program = new Program(app, args, { ...env, OFFICE_URL: api.url, OFFICE_TOKEN: api.token });
    programs.push(program);
    return program;
  };

  return {
    databaseUrl: database.url,
    env,
    start,

    /** Runs a program to its end. */
    async run(app: string, ...args: string[]): Promise<{ code: number | null; output: string }> {
      const program = start(app, ...args);
      const { code } = await program.exited;
      return { code, output: program.output.join('\n') };
    },

    /** Starts an API that is ready, and makes a token for it. */
    async startApi(): Promise<Program> {
      const program = start('api');
      const { port } = JSON.parse(await program.said(/"msg":"listening"/)) as { port: number };
      await program.said(/ready: \d+ tables verified/);
      const { output } = await this.run('cli', 'token', 'create', '--account', 'owner', '--name', 'test');
      api = { url: `http://127.0.0.1:${port}`, token: output.trim() };
      return program;
    },

    /** @param some what is added to its environment. */
    async startWorker(some: Record<string, string> = {}): Promise<Program> {
      const program = new Program('worker', [], { ...env, ...some });
      programs.push(program);
      await program.said(/waiting for tasks/);
      return program;
    },

    async ask(method: string, path: string, body?: unknown): Promise<Answer> {
      const response = await fetch(api.url + path, {
        method,
        headers: {
          authorization: `Bearer ${api.token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },

    /** Resolves with a task once it has ended; looked for again and again, as nobody promises that an event arrives. */
    async ended(id: string): Promise<Record<string, unknown>> {
      for (;;) {
        const { status, body } = await this.ask('GET', `/api/tasks/${id}`);
        if (status === 200 && body['state'] !== 'queued') return body;
        await sleep(lookEveryMs);
      }
    },

    async close(): Promise<void> {
      await Promise.all(programs.map((program) => program.end('SIGKILL')));
      await vhost.drop();
      await database.drop();
    },
  };
}

export type Deployment = Awaited<ReturnType<typeof deploy>>;
