import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { marked } from '../process/marked';
import { type Command, StandInWorkspace } from '../testing/stand-in-workspace';
import { testServers } from '../testing/test-servers';
import type { Running } from './running-file';

const TIMEOUT = 240_000;
const READY = /^Ctrl-C stops everything/;

describe('npm start, with stand-ins for the apps and real servers', () => {
  let workspace: StandInWorkspace;

  beforeEach(() => {
    workspace = new StandInWorkspace();
  });

  afterEach(() => workspace.remove());

  const file = () => join(workspace.home, 'running.json');
  const running = () => JSON.parse(readFileSync(file(), 'utf8')) as Running;

  async function up(env: NodeJS.ProcessEnv = {}, ...args: string[]): Promise<Command> {
    const command = workspace.run(['start', ...args], env);
    await Promise.race([command.said.heard(READY), command.ended.then((code) => fail(`ended with ${code}`, command))]);
    return command;
  }

  function fail(why: string, { said }: Command): never {
    throw new Error([why, ...said.lines].join('\n'));
  }

  test(
    'comes up, brings back what dies, refuses a second start, survives its own death, and ends without a trace',
    async () => {
      const first = await up();
      const { pids, databaseUrl, token, apiUrl } = running();
      expect(statSync(file()).mode & 0o777).toBe(0o600);
      expect(Object.values(pids).every((pid) => marked(workspace.home).includes(pid ?? 0))).toBe(true);
      expect(first.said.lines.join('\n')).toContain(`token      ${token}`);
      expect(token).toMatch(/^operator-/);
      expect(readFileSync(join(workspace.folder, 'migrations'), 'utf8')).toBe(`${databaseUrl}\n`);
      expect(JSON.parse(readFileSync(join(workspace.folder, 'mailboxes'), 'utf8'))).toEqual({
        name: 'Sample mailbox',
        kind: 'maildir',
        path: join(workspace.home, 'sample-mailbox'),
      });
      const connection = await createConnection(databaseUrl);
      await connection.query('CREATE TABLE yesterday (id INT)');
      connection.destroy();

      for (const name of ['worker', 'api', 'broker', 'database'] as const) {
        process.kill(pids[name] ?? 0, 'SIGKILL');
        await first.said.heard(new RegExp(`^${name} died \\(SIGKILL\\): starting it again`));
        await first.said.heard(new RegExp(`^${name} runs again`));
      }
      const again = running();
      for (const name of ['worker', 'api', 'broker', 'database']) expect(again.pids[name]).not.toBe(pids[name]);
      expect({ ...again, pids }).toEqual({ ...running(), apiUrl, databaseUrl, token, pids });
      expect((await fetch(`${apiUrl}/healthz/ready`)).status).toBe(200);

      const second = workspace.run(['start']);
      expect(await second.ended).toBe(1);
      expect(second.said.lines.join()).toMatch(`runs already in this folder (process ${String(first.child.pid)})`);

      first.child.kill('SIGKILL');
      await first.ended;
      const left = marked(workspace.home).length;
      expect(left).toBeGreaterThanOrEqual(4);

      const third = await up();
      expect(third.said.lines[0]).toMatch(/^ended \d+ processes that an earlier start had left behind/);
      expect(running().token).toBe(token);
      const later = await createConnection(running().databaseUrl);
      expect((await later.query('SHOW TABLES'))[0]).toHaveLength(1);
      later.destroy();

      third.child.kill('SIGINT');
      third.child.kill('SIGINT');
      expect(await third.ended).toBe(0);
      expect(third.said.lines).toContain('[api] stopping in order');
      expect([marked(workspace.home), existsSync(file())]).toEqual([[], false]);
    },
    TIMEOUT,
  );

  test(
    'uses servers that the environment names, and leaves them alone; with --telemetry it prints traces',
    async () => {
      const { databaseUrl, amqpUrl, managementUrl } = testServers();
      const env = { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl, MANAGEMENT_URL: managementUrl };
      const { child, ended, said } = await up(env, '--telemetry');
      expect(running()).toMatchObject({ databaseUrl, amqpUrl, managementUrl, pids: { database: null, broker: null } });
      expect(marked(workspace.home)).toHaveLength(2);
      await said.heard(/stand-in {2}2\.0 ms {2}\(office-api\)/);
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      await (await createConnection(databaseUrl)).end();
      expect(marked(workspace.home)).toEqual([]);
    },
    TIMEOUT,
  );

  test.each([
    ['while the servers start', /^waiting for the database/],
    ['while the apps start', /^starting the API/],
    ['while the sample mailbox is made', /^sample mailbox: 1/],
  ])(
    'leaves no process when it is stopped %s',
    async (_, moment) => {
      const command = workspace.run(['start']);
      await command.said.heard(moment);
      command.child.kill('SIGTERM');
      expect(await command.ended).toBe(143);
      expect([marked(workspace.home), existsSync(file())]).toEqual([[], false]);
    },
    TIMEOUT,
  );
});
