import type { KubernetesObject } from '@sorting-office/stack';
import { z } from 'zod';
import { customResources } from './custom-resources';
import { watchReads } from './unread';

/** Which package has the models of an API group; those of Kubernetes itself are in `kubernetes-models`. */
const packages: Readonly<Record<string, string>> = {
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

/** Its constructor copies what it is given; its validator takes anything. */
interface Model {
  readonly prototype: { validate(): void };
}

/** What is wrong with an object by the schema of its kind: wrong types, fields that are missing, and fields that there are none of. */
export async function schemaProblems(object: KubernetesObject): Promise<string[]> {
  const id = `${object.apiVersion}/${object.kind}`;
  const schema = customResources[id];
  if (schema) {
    const { error } = schema.safeParse(object);
    return error ? [z.prettifyError(error)] : [];
  }
  const [group = ''] = object.apiVersion.split('/');
  const exported = (await import(`${packages[group] ?? 'kubernetes-models'}/${id}`)) as Record<string, Model>;
  const Model = exported[object.kind];
  if (!Model) return [`there is no schema of ${id}`];
  const { watched, unread } = watchReads(unfolded(object));
  return [
    ...violations(() => Model.prototype.validate.call(watched)),
    ...unread().map((path) => `there is no field ${path}`),
  ];
}

/** Kustomize folds what is long in a Secret; the API server does not mind, the schema does. */
function unfolded(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret') return object;
  const data = Object.entries(object['data'] as Record<string, string>);
  return { ...object, data: Object.fromEntries(data.map(([key, value]) => [key, value.replaceAll(/\s/g, '')])) };
}

function violations(validate: () => void): string[] {
  try {
    validate();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
