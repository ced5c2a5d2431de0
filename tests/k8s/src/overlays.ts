import { join } from 'node:path';
import { findKustomize, type KubernetesObject, renderKustomization } from '@sorting-office/stack';

export const workspace = join(__dirname, '../../..');

/** Whatever somebody may apply. */
export const overlays = ['local', 'production', 'production-external-servers'] as const;
export type OverlayName = (typeof overlays)[number];

/** Renders an overlay; objects are fresh with each call. */
export async function renderOverlay(name: OverlayName): Promise<KubernetesObject[]> {
  return renderKustomization(join(workspace, 'k8s/overlays', name), await findKustomize());
}
