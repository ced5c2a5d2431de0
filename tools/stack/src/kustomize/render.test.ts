import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKustomize } from './find-kustomize';
import { renderKustomization } from './render';

const KUSTOMIZATION = 'configMapGenerator: [{ name: settings, literals: [LEVEL=info] }]\n';

describe('what renders a kustomization', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** A program in PATH that prints a line whatever it is asked, or fails when there is none. */
  function program(name: string, line?: string): void {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    writeFileSync(
      join(folder, 'bin', name),
      line === undefined ? '#!/bin/sh\nexit 1\n' : `#!/bin/sh\necho '${line}'\n`,
    );
    chmodSync(join(folder, 'bin', name), 0o755);
  }

  /** Stands where a fetched program lies, so that nothing is fetched. */
  const found = () => {
    mkdirSync(join(folder, 'programs'), { recursive: true });
    writeFileSync(join(folder, 'programs/kustomize'), '');
    return findKustomize(join(folder, 'bin'), join(folder, 'programs'));
  };

  test.each([
    ['kustomize', 'v5.4.3', ['kustomize', 'build']],
    ['kubectl', '"gitVersion": "v1.27.1"', ['kubectl', 'kustomize']],
  ])('%s %s in PATH is taken', async (name, version, renderer) => {
    program(name, version);
    expect(await found()).toEqual(renderer);
  });

  test.each([
    ['kustomize', 'v4.5.7'],
    ['kubectl', '"gitVersion": "v1.20.2"'],
    ['kubectl', undefined],
  ])('%s %s is not', async (name, version) => {
    program(name, version);
    expect(await found()).toEqual([join(folder, 'programs/kustomize'), 'build']);
  });

  test('one that is not installed is fetched, also by two at the same time, leaves nothing else behind, and renders the same', async () => {
    const programs = join(folder, 'programs');
    const [first, second] = await Promise.all([findKustomize('', programs), findKustomize('', programs)]);
    expect(second).toEqual(first);
    expect(readdirSync(programs).sort()).toEqual(['claim', 'kustomize']);
    writeFileSync(join(folder, 'kustomization.yaml'), KUSTOMIZATION);
    const rendered = await renderKustomization(folder, first);
    expect(rendered).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings-2748f727mg' }, data: { LEVEL: 'info' } },
    ]);
    expect(await renderKustomization(folder)).toEqual(rendered);
  }, 120_000);

  test('what cannot be rendered is an error that says why', async () => {
    writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [missing.yaml]\n');
    await expect(renderKustomization(folder)).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: expect.stringContaining('missing.yaml') as string,
    });
    expect(existsSync(join(folder, 'missing.yaml'))).toBe(false);
  });
});
