import { imageEnv, nodeOptionsOf } from './image';

test.each([
  ['ENV NODE_ENV=production NODE_OPTIONS="--a --b=1" PATH=/bin', '--a --b=1'],
  ['ENV NODE_OPTIONS=--a PATH=/bin', '--a'],
  ['ENV NODE_OPTIONS=--a\nFROM other\nENV NODE_OPTIONS=--b', '--b'],
  ['ENV NODE_ENV=production', null],
])('%j tells node %j', (dockerfile, options) => {
  expect(nodeOptionsOf(dockerfile)).toBe(options);
});

test('a worker is measured with the young generation that its image has', () => {
  expect(imageEnv('worker').NODE_OPTIONS).toMatch(/--max-semi-space-size=\d+/);
  expect(imageEnv('api').NODE_OPTIONS).not.toBe('');
});
