import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StandInWorkspace } from '../testing/stand-in-workspace';
import { testServers } from '../testing/test-servers';

const TIMEOUT = 120_000;

describe('npm test, with a stand-in for Nx', () => {
  let workspace: StandInWorkspace;

  beforeEach(() => {
    workspace = new StandInWorkspace();
  });

  afterEach(() => workspace.remove());

  /** The servers of this very test run: which ones they are does not matter here. */
  const named = () => {
    const { databaseUrl, amqpUrl, managementUrl } = testServers();
    return { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl, MANAGEMENT_URL: managementUrl };
  };

  test.each([0, 1])('hands the servers to Nx, and ends with its exit code %d and one line of counts', async (code) => {
    const env = named();
    const { ended, said } = workspace.run(['test', '--skip-nx-cache'], { ...env, NX_EXIT_CODE: String(code) });
    expect(await ended).toBe(code);
    expect(said.lines.at(-1)).toBe('3 passed, 1 failed');
    const asked = JSON.parse(readFileSync(join(workspace.folder, 'nx.json'), 'utf8')) as {
      args: string[];
      env: object;
    };
    expect(asked.args.join(' ')).toMatch(/^run-many -t lint-all typecheck build test .*--skip-nx-cache$/);
    expect(asked.env).toEqual({
      ...env,
      STACK_VERSIONS: expect.stringMatching(/^(mariadb|mysql) .*\/rabbitmq /) as string,
    });
  });

  test(
    'starts servers of its own and leaves no process when it is interrupted, whatever Nx does',
    async () => {
      const { ended, said, child } = workspace.run(['test', '--hang']);
      await said.heard(/^hanging/);
      const { env } = JSON.parse(readFileSync(join(workspace.folder, 'nx.json'), 'utf8')) as {
        env: { DATABASE_URL: string };
      };
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(said.lines).toContain('not yet');
      await expect(fetch(env.DATABASE_URL.replace('mysql', 'http').replace(/\/\/.*@/, '//'))).rejects.toThrow(
        'fetch failed',
      );
    },
    TIMEOUT,
  );

  test(
    'ends with a failure, and says so, when the tests do not end by themselves',
    async () => {
      const { ended, said } = workspace.run(['test', '--hang'], { ...named(), TEST_LIMIT_MINUTES: '0.02' });
      expect(await ended).toBe(1);
      expect(said.lines).toContainEqual(expect.stringContaining('not finished after 0.02 minutes'));
    },
    TIMEOUT,
  );
});
