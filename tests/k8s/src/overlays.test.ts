/** Every overlay, held against the schemas of its objects and against the code. */
import type { KubernetesObject } from '@sorting-office/stack';
import { overlays, renderOverlay } from './overlays';
import { rules } from './rules';
import { schemaProblems } from './schema/schema-problems';

describe.each(overlays)('the overlay %s', (name) => {
  let objects: KubernetesObject[];
  beforeAll(async () => {
    objects = await renderOverlay(name);
  }, 120_000);

  test('has the objects that make it up', () => {
    const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name);
    expect(deployments.sort()).toEqual([
      'office-api',
      'office-worker-bulk',
      'office-worker-default',
      'office-worker-interactive',
    ]);
  });

  test('has objects that are as their schemas say, and no field besides', async () => {
    const found = await Promise.all(
      objects.map(async (object) => ({
        is: `${object.kind} ${object.metadata.name}`,
        problems: await schemaProblems(object),
      })),
    );
    expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });

  test.each(Object.entries(rules))('%s', (_, rule) => {
    expect(rule(objects)).toEqual([]);
  });
});
