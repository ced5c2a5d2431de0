import type { KubernetesObject } from '@sorting-office/stack';

/** What is wrong with the objects of an overlay, a sentence each. */
export type Rule = (objects: readonly KubernetesObject[]) => string[];
