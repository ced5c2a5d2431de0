import type { Place } from '../place';
import { type ContainerSpec, runArguments } from './container';

const place: Place = {
  home: '/w/.stack',
  durable: true,
  binaryLog: false,
  temporary: false,
  say: () => undefined,
  signal: new AbortController().signal,
};
const spec: ContainerSpec = {
  kind: 'database',
  image: 'mysql:8.4',
  ports: { 3306: 23456 },
  data: '/var/lib/mysql',
  password: 'hush',
  env: { MYSQL_ROOT_PASSWORD: 'hush', MYSQL_DATABASE: 'office' },
  args: ['--sync-binlog=1'],
  ready: () => Promise.resolve(),
};

describe('docker run', () => {
  test('listens on 127.0.0.1 only, shows no secret, and ends with the image and what is for the server', () => {
    const args = runArguments('name', spec, place).join(' ');
    expect(args).toMatch(
      /^run --rm --name name .*--publish 127\.0\.0\.1:23456:3306 .*--env MYSQL_ROOT_PASSWORD .*mysql:8\.4 --sync-binlog=1$/,
    );
    expect(args).not.toContain('hush');
  });

  test('keeps data in a volume of its own for each home and password, and temporary data nowhere', () => {
    const volume = (override: object, home = place) =>
      /--volume (\S+):/.exec(runArguments('n', { ...spec, ...override }, home).join(' '))?.[1];
    expect(volume({})).toBe(volume({}));
    expect(new Set([volume({}), volume({ password: 'other' }), volume({}, { ...place, home: '/v/.stack' })]).size).toBe(
      3,
    );
    expect(volume({}, { ...place, temporary: true })).toBeUndefined();
  });
});
