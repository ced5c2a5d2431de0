import { ordinaryName, parseFileName, releasedName, sizeInName } from './file-names';

test.each([
  ['1.M2P3.host', '1.M2P3.host', ''],
  ['1.M2P3.host:2,', '1.M2P3.host', ''],
  ['1.M2P3.host,S=20:2,SFS', '1.M2P3.host,S=20', 'FS'],
  ['odd name with spaces ☕:2,Sa', 'odd name with spaces ☕', 'Sa'],
  ['a:b', 'a:b', ''],
  ['x:1,FS-0a1b2c3d', 'x', 'FS'],
  ['x:1,other', 'x:1,other', ''],
])('%s', (file, unique, flags) => {
  expect(parseFileName(file)).toEqual({ unique, flags });
});

test('the size in a name is bytes', () => {
  expect(sizeInName('1.host,S=2048,W=2100')).toBe(2048);
  expect(sizeInName('1.host')).toBeUndefined();
});

test.each(['new/x', 'cur/x:2,', 'cur/x:2,FS'])('%s comes back from the name it is let go under', (name) => {
  const file = { folder: 'INBOX', directory: '/m', name, ...parseFileName(name.slice(4)) };
  const released = { ...file, name: releasedName(file, '0a1b2c3d') };
  expect(parseFileName(released.name.slice(4))).toEqual({ unique: 'x', flags: file.flags });
  expect(ordinaryName(released)).toBe(name);
});
