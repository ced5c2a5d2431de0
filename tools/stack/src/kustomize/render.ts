import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { run } from '../process/run';
import { findKustomize, type Renderer } from './find-kustomize';

/** What every object of Kubernetes has; the rest is as its kind says. */
const kubernetesObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
export type KubernetesObject = z.infer<typeof kubernetesObject>;

/**
 * What `kubectl apply -k FOLDER` would send, in its order.
 *
 * @param folder with a kustomization.yaml; a relative one counts from the working directory
 * @param renderer default: what is installed, otherwise Debian's kustomize, fetched once
 * @throws StackError COMMAND_FAILED when it cannot be rendered, NO_KUSTOMIZE when nothing here can render; ZodError when it is no object
 */
export async function renderKustomization(folder: string, renderer?: Renderer): Promise<KubernetesObject[]> {
  const [program, ...args] = renderer ?? (await findKustomize());
  const rendered = await run(program, [...args, resolve(folder)]);
  return parseAllDocuments(rendered).map((document) => kubernetesObject.parse(document.toJS()));
}
