/** The accounts of servers that overlays make may do what k8s/components/server-users says, and no more. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderOverlay, workspace } from './overlays';

const file = (name: string) => readFileSync(join(workspace, 'k8s/components/server-users', name), 'utf8');

test('in a cluster of its own, MySQL makes the users and then grants by the file', async () => {
  const objects = await renderOverlay('local');
  const map = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('office-database-users'),
  );
  const scripts = map?.['data'] as Record<string, string>;
  expect(Object.keys(scripts).sort()).toEqual(['10-users.sql', '20-grants.sql']);
  expect(scripts['20-grants.sql']).toBe(file('grants.sql'));
  expect(scripts['10-users.sql']).not.toContain('GRANT');
}, 60_000);

test('in production, RabbitMQ gives its one account the permissions of the file, and no administration', async () => {
  const objects = await renderOverlay('production');
  const secret = objects.find(({ kind, metadata }) => kind === 'ExternalSecret' && metadata.name === 'office-broker');
  const { target } = secret?.['spec'] as { target: { template: { data: Record<string, string> } } };
  const lines = target.template.data['default_user.conf']?.split('\n');
  for (const [right, names] of Object.entries(JSON.parse(file('permissions.json')) as Record<string, string>))
    expect(lines).toContain(`default_permissions.${right} = ${names}`);
  expect(lines).toContain('default_user_tags.administrator = false');
}, 60_000);
