import { join } from 'node:path';
import { findKustomize, type KubernetesObject, renderKustomization } from '@sorting-office/stack';
import { workspace } from './images';

/** Where the servers are that this suite brings instead of the overlay's. */
export interface ServerUrls {
  readonly databaseUrl: string;
  readonly amqpUrl: string;
}

/** The overlay for one small cluster without its servers, which are not ours to try, and with other ones in its Secrets. */
export async function renderOffice(servers: ServerUrls): Promise<KubernetesObject[]> {
  const objects = await renderKustomization(join(workspace, 'k8s/overlays/local'), await findKustomize());
  const urls = {
    'office-database': { url: servers.databaseUrl, 'migrate-url': servers.databaseUrl },
    'office-broker': { url: servers.amqpUrl },
  };
  return objects.filter((object) => !isOfServers(object)).map((object) => configured(object, urls));
}

/** The same as a newer release: every image has another tag. */
export function newRelease(objects: readonly KubernetesObject[], tag: string): KubernetesObject[] {
  const text = JSON.stringify(objects);
  const newer = text.replaceAll(/("image":"sorting-office\/[a-z-]+:)[^"]+/g, `$1${tag}`);
  if (newer === text) throw new Error('no image of ours has a tag');
  return JSON.parse(newer) as KubernetesObject[];
}

const isOfServers = (object: KubernetesObject): boolean =>
  object.kind === 'StatefulSet' ||
  (object.kind === 'Service' && JSON.stringify(object['spec']).includes('sorting-office/server'));

function configured(
  object: KubernetesObject,
  urls: Readonly<Record<string, Record<string, string>>>,
): KubernetesObject {
  const { kind, metadata } = object;
  const data = object['data'] as Record<string, string> | undefined;
  // Load comes from one token, faster than any person asks.
  if (kind === 'ConfigMap' && metadata.name.startsWith('office-') && data?.['API_PORT'])
    return { ...object, data: { ...data, API_RATE_LIMIT_PER_MINUTE: '0' } };
  // Kustomize ends a Secret's name with a hash of what the overlay has in it.
  const url = kind === 'Secret' ? urls[metadata.name.replace(/-[a-z0-9]{10}$/, '')] : undefined;
  return url ? { ...object, data: undefined, stringData: url } : object;
}
