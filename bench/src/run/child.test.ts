import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild, together } from './child';

let folder: string;
const children: Child[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-'));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.stop()));
  await rm(folder, { recursive: true });
});

/** Starts a shell that runs this and then stays, and resolves once it has run it. */
async function shell(script: string): Promise<Child> {
  const name = `ready-${children.length}`;
  const seen = watch(folder);
  const child = startChild('/bin/sh', ['-c', `${script}; : > ${join(folder, name)}; while :; do sleep 1; done`], {});
  children.push(child);
  const isThere = () => stat(join(folder, name)).then(Boolean, () => false);
  while (!(await isThere())) await once(seen, 'change');
  seen.close();
  return child;
}

const work = (loops: number) => `/bin/sh -c 'i=0; while [ $i -lt ${loops} ]; do i=$((i+1)); done'`;

test('what a program has used of the processors includes those it has started that have ended', async () => {
  const child = await shell(work(300_000));
  expect(child.cpuMs()).toBeGreaterThan(0);
});

test('several programs are as one: together they hold and use what each does, and stop', async () => {
  const [one, two] = [await shell(work(300_000)), await shell(work(300_000))];
  const both = together([one, two]);
  expect(both.peakMb()).toBeCloseTo(one.peakMb() + two.peakMb(), 0);
  expect(both.cpuMs()).toBeGreaterThanOrEqual(one.cpuMs());
  expect(both.cpuMs()).toBeGreaterThanOrEqual(two.cpuMs() + 10);
  await both.stop();
  expect([one, two].map((child) => child.peakMb())).toEqual([0, 0]);
});

test('when one of several programs ends by itself, there is nothing to measure any more', async () => {
  const both = together([await shell(':'), startChild('/bin/sh', ['-c', 'exit 3'], {})]);
  await expect(both.died).rejects.toThrow('/bin/sh -c exit 3 ended with 3 while it was measured');
});
